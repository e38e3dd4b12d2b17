"""A database that is full, read-only or lost ends a run at once, in one line, and makes no film guilty of it."""

import sqlite3
from contextlib import contextmanager

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError, connection

from catalog.database_faults import first_line, is_own
from catalog.models import Movie, SyncFailure
from catalog.sync.running import run
from catalog.sync.wanted import Wanted

FILMS = 1_500
ON_SQLITE = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="of SQLite")


def execute(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone() if cursor.description else None


@contextmanager
def read_only():
    is_sqlite = connection.vendor == "sqlite"
    execute("PRAGMA query_only = ON" if is_sqlite else "SET default_transaction_read_only = on")
    try:
        yield
    finally:
        execute("PRAGMA query_only = OFF" if is_sqlite else "SET default_transaction_read_only = off")


@contextmanager
def full():
    """As a full disk tells: no page more than there are."""
    (most,) = execute("PRAGMA max_page_count")
    execute("PRAGMA max_page_count = 1")  # as many as there are: fewer cannot be
    try:
        yield
    finally:
        execute(f"PRAGMA max_page_count = {most}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("broken", "word"), [(read_only, "read"), pytest.param(full, "full", marks=ON_SQLITE)])
def test_a_database_that_takes_nothing_ends_the_run_and_no_film_is_guilty(tmdb, client_of, broken, word):
    with broken(), pytest.raises(OperationalError, match=word):
        run(client_of(tmdb), Wanted(popular=FILMS))
    assert len([call for call in tmdb.calls if call.path.startswith("/movie/")]) < FILMS
    assert not SyncFailure.objects.exists()
    run(client_of(tmdb), Wanted(popular=20))
    assert Movie.objects.count() >= 20


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("tmdb")
def test_the_command_says_it_in_one_line():
    with read_only(), pytest.raises(CommandError) as told:
        call_command("sync_catalog", "--popular", "40")
    line = str(told.value)
    assert line.startswith("The database cannot be used: ")
    assert "read" in line
    assert "\n" not in line


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_missing_is_no_films_fault(tmdb, client):
    execute("ALTER TABLE catalog_credit RENAME TO catalog_credit_elsewhere")
    try:
        with pytest.raises(OperationalError, match="catalog_credit"):
            run(client, Wanted(popular=20))
    finally:
        execute("ALTER TABLE catalog_credit_elsewhere RENAME TO catalog_credit")
    assert not SyncFailure.objects.exists()


def caused_by(cause: Exception) -> DatabaseError:
    fault = DatabaseError("it did not work\nDETAIL: of no use here")
    fault.__cause__ = cause
    return fault


@pytest.mark.parametrize(
    ("cause", "whose"),
    [
        (psycopg.errors.DiskFull(), True),
        (psycopg.errors.ReadOnlySqlTransaction(), True),
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.InsufficientPrivilege(), True),
        (psycopg.errors.UndefinedTable(), True),
        (psycopg.errors.DeadlockDetected(), False),
        (psycopg.errors.UniqueViolation(), False),
        (psycopg.errors.NumericValueOutOfRange(), False),
        (psycopg.OperationalError("without a code"), False),
        (sqlite3.OperationalError("no such table: catalog_movie"), True),
        (sqlite3.OperationalError("database is locked"), False),
        (None, False),
    ],
    ids=repr,
)
def test_the_databases_own_faults_are_told_from_a_films(cause, whose):
    assert is_own(caused_by(cause)) is whose


def test_a_fault_is_told_in_a_line():
    assert first_line(caused_by(None)) == "it did not work"
    assert first_line(DatabaseError()) == "DatabaseError"
