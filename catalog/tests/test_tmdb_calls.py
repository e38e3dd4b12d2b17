"""How many calls TMDB gets, and what comes of them: counted, written now and then, and never lost at a quiet end."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from catalog.models import TMDBCalls
from catalog.sync import Wanted, fetch_movie, refresh_movie, run
from catalog.sync.on_demand import circuit
from catalog.tmdb import calls as counting
from catalog.tmdb.calls import Calls, calls
from catalog.tmdb.errors import TMDBError, TMDBUnavailable
from catalog.tmdb.source import open_client

pytestmark = pytest.mark.django_db
AVATAR, MATRIX, UNKNOWN = 19995, 603, 999_999_999


@pytest.fixture(autouse=True)
def nothing_left_over():
    calls._counted.clear()
    calls._flushed_at = 0.0


def counted():
    """All outcomes and their calls, over all hours."""
    found: dict[str, int] = {}
    for row in TMDBCalls.objects.all():
        found[row.outcome] = found.get(row.outcome, 0) + row.calls
    return found


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        ("html500", "500"),
        ("status503", "503"),
        ("status429", "429"),
        ("reset", "connection"),
        ("truncated", "connection"),
        ("not_json", "unreadable"),
        ("empty200", "unreadable"),
        ("error_in_200", "unreadable"),
        ("vanish", "404"),
        ("suspended", "401"),
    ],
)
def test_each_try_is_counted_by_what_came_of_it(tmdb, kind, outcome):
    tmdb.faults.add(AVATAR, kind)
    with pytest.raises(TMDBError):
        fetch_movie(AVATAR)
    assert counted() == {outcome: 1}


def test_a_call_without_an_answer_in_time_is_counted(tmdb, settings):
    settings.TMDB_TIMEOUT = 0.2
    tmdb.faults.add(AVATAR, "stall", seconds=2)
    with pytest.raises(TMDBUnavailable):
        fetch_movie(AVATAR)
    assert counted() == {"timeout": 1}


def test_a_try_that_is_repeated_counts_twice(tmdb):
    tmdb.faults.add(AVATAR, "status500", 1)
    refresh_movie(AVATAR)
    assert counted() == {"500": 1, "200": 1}


def test_after_a_run_every_call_is_in_the_table(tmdb):
    with open_client(threads=16) as client:
        client.check()
        run(client, Wanted(always=[UNKNOWN], popular=60))
    assert counted() == {"200": tmdb.record.total - 1, "404": 1}
    assert sum(counted().values()) == tmdb.record.total > 62
    assert not calls._counted


def test_also_when_the_run_is_broken_off(tmdb):
    def begin():
        with open_client() as client:
            client.check()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        begin()
    assert counted() == {"200": 1}


def test_a_reader_s_call_is_written_at_once(tmdb):
    fetch_movie(AVATAR)
    circuit.succeeded()
    assert counted() == {"200": 1}


def test_a_call_costs_no_query(tmdb, client, django_assert_num_queries):
    client.count = calls.count
    with django_assert_num_queries(0):
        client.movie(AVATAR)
    assert counted() == {}
    calls.flush()
    assert counted() == {"200": 1}


def test_within_a_run_they_are_written_every_few_seconds(monkeypatch):
    own = Calls()
    own.count("200")
    own.flush_if_due()
    own.count("200")
    own.flush_if_due()
    assert counted() == {"200": 1}
    monkeypatch.setattr(counting, "FLUSH_SECONDS", 0)
    own.flush_if_due()
    assert counted() == {"200": 2}


def test_nothing_counted_is_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        Calls().flush()


def test_counts_are_kept_by_the_hour(monkeypatch):
    own, noon = Calls(), timezone.now().replace(hour=12, minute=59, second=59, microsecond=999)
    for moment in noon, noon + timedelta(seconds=1), noon:
        monkeypatch.setattr(counting.timezone, "now", lambda moment=moment: moment)
        own.count("200")
    own.flush()
    rows = TMDBCalls.objects.order_by("hour").values_list("hour", "calls")
    first = noon.replace(minute=0, second=0, microsecond=0)
    assert list(rows) == [(first, 2), (first + timedelta(hours=1), 1)]


def test_two_processes_add_to_the_same_row():
    one, other = Calls(), Calls()
    for own, number in ((one, 3), (other, 4)):
        for _ in range(number):
            own.count("200")
    one.flush()
    other.flush()
    assert counted() == {"200": 7}
    assert TMDBCalls.objects.count() == 1


def test_a_database_that_does_not_take_them_stops_nothing_and_loses_nothing(monkeypatch):
    own = Calls()
    own.count("200")

    def away(_):
        raise DatabaseError("away")

    with monkeypatch.context() as broken:
        broken.setattr(counting, "_add", away)
        own.flush()
    own.count("200")
    own.flush()
    assert counted() == {"200": 2}


@pytest.mark.django_db(transaction=True)
def test_threads_that_count_and_write_at_once_lose_none():
    own = Calls()

    def work():
        for number in range(200):
            own.count("200")
            if number % 50 == 0:
                own.flush()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    own.flush()
    assert counted() == {"200": 1200}


def test_a_long_word_fits_its_column():
    own = Calls()
    own.count("x" * 40)
    own.flush()
    assert counted() == {"x" * 20: 1}
