"""The order of worth in which films are asked of TMDB."""

from datetime import timedelta
from itertools import islice

import pytest
from django.utils import timezone

from catalog.models import Movie, SyncFailure
from catalog.sync import worth
from catalog.sync.failures import put_aside
from catalog.sync.outcomes import Failed
from catalog.sync.worth import awaiting, by_worth, in_turns, stale_movies, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def known(*ids, **fields):
    """Films of the export alone, the first the most popular."""
    for place, key in enumerate(ids):
        Movie.objects.create(tmdb_id=key, title="Known", **({"popularity": 50 - place} | fields))


def detailed(key, now, days, **fields):
    Movie.objects.create(tmdb_id=key, title="Detailed", synced_at=now - timedelta(days=days), **fields)


def aside(key, now, *, is_due):
    put_aside([Failed(key, SyncFailure.Reason.UNAVAILABLE, "")], now - timedelta(days=1 if is_due else 0))


@pytest.fixture
def few_are_popular(monkeypatch):
    monkeypatch.setattr(worth, "POPULAR_DAILY", 2)


def test_the_whole_order(now, few_are_popular):
    known(100, 101)
    known(30, holder_count=2)
    known(31, holder_count=5)
    detailed(60, now, 2, holder_count=1)
    detailed(70, now, 2, popularity=900)
    detailed(71, now, 0.5, popularity=901)
    detailed(80, now, 151, popularity=0.1)
    detailed(90, now, 8, popularity=0.1)
    detailed(91, now, 3, popularity=0.1)
    aside(1, now, is_due=True)
    aside(101, now, is_due=False)
    assert list(by_worth(now)) == [1, 31, 30, 60, 70, 80, 100, 90]


def test_what_is_worth_it_twice_is_told_once(now):
    detailed(7, now, 160, popularity=900, holder_count=3)
    aside(8, now, is_due=True)
    known(8)
    assert list(by_worth(now)) == [8, 7]


def test_what_is_gone_is_not_asked_for(now):
    known(1, gone_at=now)
    detailed(2, now, 200, gone_at=now, holder_count=4)
    assert list(by_worth(now)) == []
    assert list(stale_movies(now)) == []


def test_awaiting_films_come_by_holders_then_popularity_then_number(now):
    known(1, 2, popularity=5.0)
    known(3, popularity=70.5)
    known(4, popularity=0.6, holder_count=1)
    assert list(awaiting()) == [4, 3, 2, 1]


@pytest.mark.parametrize("chunk", [1, 2, 3, 7])
def test_chunks_miss_nothing_and_repeat_nothing_whatever_their_size(now, chunk, monkeypatch):
    monkeypatch.setattr(worth, "CHUNK", chunk)
    known(*range(1, 8), popularity=1.5)
    for key in range(11, 18):
        detailed(key, now, 9)
    assert sorted(awaiting()) == list(range(1, 8))
    assert len(list(by_worth(now))) == len(set(by_worth(now))) == 14


def test_a_chunk_costs_one_query_and_is_read_when_it_is_reached(now, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(worth, "CHUNK", 2)
    known(*range(1, 8))
    films = awaiting()
    with django_assert_num_queries(1):
        assert list(islice(films, 2)) == [1, 2]
    Movie.objects.filter(pk__in=[3, 4]).update(synced_at=now)
    with django_assert_num_queries(1):
        assert list(islice(films, 2)) == [5, 6]


def test_nothing_starves_and_nothing_waits_for_what_is_not_there():
    assert list(in_turns("aaaaaa", "bb", 2)) == list("aabaabaa")
    assert list(in_turns("", "bbb", 2)) == list("bbb")
    assert list(in_turns("aaa", "", 2)) == list("aaa")
    assert list(in_turns("", "", 9)) == []


def test_stale_films_have_a_tenth_of_the_calls_while_others_await(now):
    known(*range(1, 41))
    for key in range(101, 141):
        detailed(key, now, 10, popularity=0)
    first = list(islice(by_worth(now), 30))
    popular_and_stale = [key for key in first if key > 100]
    # All of these forty are among the thousand most popular here, so they are told for that.
    assert len(popular_and_stale) == 30
    Movie.objects.filter(pk__gt=100).update(is_adult=True)
    first = list(islice(by_worth(now), 30))
    assert sum(key > 100 for key in first) == 3
    assert [key for key in first if key < 100] == list(range(1, 28))


def test_how_many_wait_is_counted_without_reading_them(now, django_assert_num_queries):
    known(1, 2)
    detailed(3, now, 8)
    detailed(4, now, 1)
    aside(9, now, is_due=True)
    with django_assert_num_queries(2):
        assert waiting(now) == 4


def test_stale_films_by_hand_are_the_due_the_awaiting_and_the_longest_waiting(now):
    detailed(5, now, 8)
    detailed(6, now, 30)
    detailed(7, now, 3)
    known(2)
    aside(1, now, is_due=True)
    aside(6, now, is_due=False)
    assert list(stale_movies(now)) == [1, 2, 5]
