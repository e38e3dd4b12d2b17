"""How the databases find what is worth a call: by an index, from where the last chunk ended, without sorting."""

from datetime import timedelta
from itertools import islice

import pytest
from django.db import connection
from django.utils import timezone

from catalog.models import Movie
from catalog.sync import worth
from catalog.sync.coverage import coverage, film_states

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("what is worth a call")]
FILMS = 6_000


@pytest.fixture(scope="module")
def films(kept_for_all):
    """Of six thousand films a third await; of the others some are held, some old, some gone."""
    now = timezone.now()
    Movie.objects.bulk_create(
        Movie(
            tmdb_id=key,
            title="Any",
            popularity=key % 997 / 7,
            holder_count=3 if key % 50 == 0 else 0,
            synced_at=None if key % 3 == 0 else now - timedelta(days=key % 200),
            gone_at=now if key % 101 == 0 else None,
        )
        for key in range(1, FILMS + 1)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return now


@pytest.fixture
def plans(monkeypatch):
    """The plan of every query, in the order in which they are made."""
    monkeypatch.setattr(worth, "CHUNK", 20)
    told, explaining = [], [False]
    prefix = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "

    def explain(execute, sql, params, many, context):
        if not explaining[0] and sql.startswith("SELECT"):
            explaining[0] = True
            with connection.cursor() as cursor:
                cursor.execute(prefix + sql, params)
                told.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
            explaining[0] = False
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield told


def chunks(films, number):
    """Reads so many chunks of them."""
    return len(list(islice(films, number * 20)))


@pytest.mark.parametrize(
    ("choose", "index"),
    [
        (lambda now: worth.awaiting(), "movie_awaiting_details"),
        (worth.expiring, "movie_by_freshness"),
        (lambda now: worth.in_chunks(worth._standing(now - timedelta(days=7))), "movie_by_freshness"),
    ],
    ids=["awaiting", "expiring", "stale"],
)
def test_each_chunk_is_read_from_its_index(films, plans, choose, index):
    assert chunks(choose(films), 3) == 60
    assert len(plans) == 3
    for plan in plans:
        assert index in plan
        assert "Sort" not in plan
        assert "TEMP B-TREE" not in plan
        assert "Seq Scan on catalog_movie" not in plan


def test_what_members_hold_is_found_without_looking_at_the_others(films, plans):
    assert list(worth.held_by_members(films))
    assert plans
    for plan in plans:
        assert "movie_held_by_freshness" in plan or "movie_awaiting_details" in plan
        assert "SCAN catalog_movie\n" not in plan
        assert "Seq Scan on catalog_movie" not in plan


def test_states_and_coverage_are_counted_in_a_fixed_number_of_queries(films, django_assert_num_queries):
    with django_assert_num_queries(4):
        states = film_states(films)
    assert states["known"] + states["gone"] + states["detailed"] == FILMS
    assert states["gone"] == FILMS // 101
    with django_assert_num_queries(5):
        told = coverage(films)
    assert [row["films"] for row in told["tops"]] == [1_000, FILMS - FILMS // 101]
