"""The daily export beside the films held: its rows in a table of this connection alone, and what is written from there.

The same statements serve PostgreSQL and SQLite. Films are written by ranges of their ids, each in a transaction of its
own: readers and the other syncs wait for a range at the most, and a kill loses no more.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Field

from catalog.models import Movie
from catalog.retrying import retried
from catalog.search import index
from catalog.sync import export_sql as sql
from catalog.sync.export_lines import ExportRow

STEP = 20_000


@dataclass
class Written:
    """Of the films of a range: how many there are, how many were not held, and how many were held otherwise."""

    films: int
    new: int
    changed: int


@contextmanager
def staging() -> Iterator[None]:
    """The table, empty, for as long as the block."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS export_row")
        cursor.execute(sql.CREATE.format(key=sql.KEY[connection.vendor]))
    try:
        yield
    finally:
        # Without a connection the table is gone already.
        if not connection.needs_rollback and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("DROP TABLE IF EXISTS export_row")


def stage(rows: list[ExportRow]) -> None:
    """Adds rows to the table."""
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy("COPY export_row FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        # Without a transaction each row would be one; one of Django's own would hold the lock of all writers.
        is_own = not connection.in_atomic_block
        if is_own:
            cursor.execute("BEGIN DEFERRED")
        try:
            cursor.executemany(sql.STAGE, rows)
        finally:
            if is_own:
                cursor.execute("COMMIT")


def end_staging() -> None:
    """Makes the table fit to be written from, once all rows are in."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for statement in sql.SORT:
                cursor.execute(statement)


def ranges(step: int = STEP) -> Iterator[tuple[int, int, int]]:
    """The staged rows by ranges of ids: after which it begins, with which it ends, and how many films it has."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(sql.END_OF_RANGE, [last, step])
            end, films = cursor.fetchone()
        if not films:
            return
        yield last, end, films
        last = end


def write_range(first: int, last: int, films: int) -> Written:
    """Stores the films of a range that are not held, and updates those that are held otherwise."""
    return Written(films, retried(partial(_insert, first, last)), retried(partial(_update, first, last)))


def preview_range(first: int, last: int, films: int) -> Written:
    """What `write_range` would do."""
    between = {"first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(sql.COUNT_NEW, between)
        new = cursor.fetchone()[0]
        cursor.execute(sql.COUNT_CHANGED, between)
        return Written(films, new, cursor.fetchone()[0])


def tell_the_planner() -> None:
    """PostgreSQL plans for the films that there were before, until it has counted anew; by itself it does so later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(sql.COUNT_ANEW)


def listed_tombstones() -> list[int]:
    """Films that are gone, and are listed all the same."""
    with connection.cursor() as cursor:
        cursor.execute(sql.TOMBSTONES)
        return [key for (key,) in cursor.fetchall()]


def count_missing() -> tuple[int, int]:
    """Of the films held that an export might list, how many there are, and how many are not listed."""
    with connection.cursor() as cursor:
        cursor.execute(sql.COUNT_MISSING)
        return cursor.fetchone()


def missing() -> list[int]:
    """The films that are not listed, without those that are suspects already."""
    with connection.cursor() as cursor:
        cursor.execute(sql.MISSING)
        return [key for (key,) in cursor.fetchall()]


@transaction.atomic
def _insert(first: int, last: int) -> int:
    rest = {field.column: default_of(field) for field in Movie._meta.concrete_fields if needs_value(field)}
    columns = ", ".join(map(connection.ops.quote_name, [*sql.STAGED, *rest]))
    selected = ", ".join([*sql.STAGED.values(), *(f"%({column})s" for column in rest)])
    with connection.cursor() as cursor:
        statement = sql.INSERT.format(columns=columns, selected=selected, new=sql.NEW)
        cursor.execute(statement, rest | {"first": first, "last": last})
        return cursor.rowcount


@transaction.atomic
def _update(first: int, last: int) -> int:
    between = {"first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(sql.CHANGED_IDS + sql.LOCKED[connection.vendor], between)
        rows = cursor.fetchall()
        if rows:
            ids = [key for key, _ in rows]
            among = ids if connection.vendor == "postgresql" else json.dumps(ids)
            cursor.execute(sql.UPDATE + sql.AMONG[connection.vendor], between | {"ids": among})
    if renamed := [key for key, is_renamed in rows if is_renamed]:
        index.put_movies(renamed)
    return len(rows)


def needs_value(field: Field) -> bool:
    """Whether a new row must say something of the column: Django's defaults are unknown to the database."""
    return not (field.column in sql.STAGED or field.null or field.generated or field.has_db_default())


def default_of(field: Field) -> Any:
    return field.get_db_prep_save(field.get_default(), connection)
