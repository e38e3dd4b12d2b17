"""What another run's locks stood in the way of is done again: none ends by a deadlock, or by SQLite's one lock."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from threading import Event

import pytest
from django.db import connection, transaction

from catalog.models import Movie, MovieSearch, SearchForm, SearchWord, SyncFailure
from catalog.search import index
from catalog.sync.failures import put_aside
from catalog.sync.outcomes import Failed
from catalog.sync.storing import bury
from catalog.tests.films import make_movie

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 30, tzinfo=UTC)
TITLES = ("Alder", "Birch", "Cedar")
FILMS = range(1, len(TITLES) + 1)
LONGEST = 60
WAITED_FOR = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
ENTRIES = (MovieSearch, SearchForm, SearchWord)
ASIDE = [Failed(key, SyncFailure.Reason.UNAVAILABLE, "") for key in FILMS]
aside = partial(put_aside, ASIDE, NOW)


def no_entries():
    """Not even their room: new rows would lie there in another order than their keys', and be locked in that one."""
    with connection.cursor() as cursor:
        for table in ENTRIES:
            empty = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
            cursor.execute(f"{empty} {table._meta.db_table}")


def films():
    Movie.objects.all().delete()
    for key, title in zip(FILMS, TITLES, strict=True):
        make_movie(key, title, popularity=100.0 * key)
    no_entries()


def moved():
    films()
    index.build()
    for key in FILMS:
        Movie.objects.filter(pk=key).update(popularity=1000.0 * key)


def unlisted():
    films()
    index.build()
    Movie.objects.update(is_adult=True)


def put_aside_once():
    SyncFailure.objects.all().delete()
    aside()


# What is there before, what is done, and in which table the other run stands in its way.
CASES = {
    "an index that is made": (films, index.build, Movie),
    "entries that are weighed anew": (moved, index.refresh, MovieSearch),
    "words that are weighed anew": (moved, index.refresh, SearchWord),
    "entries that are dropped": (unlisted, index.refresh, MovieSearch),
    "entries that are made anew": (moved, index.rebuild, MovieSearch),
    "words that are learnt anew": (moved, index.rebuild, SearchWord),
    "films that are put aside": (put_aside_once, aside, SyncFailure),
    "films that are buried": (moved, partial(bury, FILMS, NOW), Movie),
}


def state():
    return [
        sorted(MovieSearch.objects.values_list("pk", "names", "popularity", "tier")),
        sorted(SearchWord.objects.values_list("word", "popularity")),
        sorted(SearchForm.objects.values_list("form", "word")),
        sorted(SyncFailure.objects.values_list("pk", "attempts")),
        sorted(Movie.objects.filter(gone_at=None).values_list("pk", "popularity")),
    ]


def lock(table, key):
    assert table.objects.select_for_update().filter(pk=key).values_list("pk").first()


def is_waited_for():
    with connection.cursor() as cursor:
        cursor.execute(WAITED_FOR)
        return bool(cursor.fetchone()[0])


def make_a_circle(table, keys, holds, ended):
    """Has the last row, and wants the first one once the other waits.

    The other has waited longer, so that it is the one whom PostgreSQL tells of the circle.
    """
    lock(table, keys[-1])
    holds.set()
    while not is_waited_for():
        assert not ended.wait(0.01)
    lock(table, keys[0])


def hold_the_database(table, keys, holds, ended):
    """Has SQLite's lock of all writers for longer than the other waits."""
    holds.set()
    assert ended.wait(LONGEST)


def other_run(table, keys, holds, ended):
    stand = make_a_circle if connection.vendor == "postgresql" else hold_the_database
    try:
        with transaction.atomic():
            stand(table, keys, holds, ended)
    finally:
        connection.close()


@pytest.fixture
def hasty():
    """SQLite waits for 20 ms, and no more for as long as it is set to."""
    if connection.vendor == "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        (before,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute("PRAGMA busy_timeout = 20")
        yield
        cursor.execute(f"PRAGMA busy_timeout = {before}")


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("case", CASES)
def test_what_another_run_stood_in_the_way_of_is_done_again(case, monkeypatch):
    prepare, work, table = CASES[case]
    prepare()
    work()
    expected = state()
    prepare()
    keys, holds, ended, pauses = sorted(table.objects.values_list("pk", flat=True)), Event(), Event(), []
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(other_run, table, keys, holds, ended)

        def until_the_way_is_free(seconds):
            pauses.append(seconds)
            ended.set()
            other.result(LONGEST)

        monkeypatch.setattr("catalog.retrying.sleep", until_the_way_is_free)
        assert holds.wait(LONGEST)
        try:
            work()
        finally:
            ended.set()
    assert len(pauses) == 1
    assert state() == expected
