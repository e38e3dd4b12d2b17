"""One film at once, for a reader who asks for what is not held."""

import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from catalog.models import Movie, SyncFailure
from catalog.sync import fetch_movie, refresh_movie
from catalog.tests.facts import held, told
from catalog.tests.readers import a_moment_later
from catalog.tmdb.errors import TMDBNotFound, TMDBUnavailable

pytestmark = pytest.mark.django_db
AVATAR, UNKNOWN = 19995, 999_999_999


def test_a_film_that_is_not_held_is_fetched_and_stored(tmdb):
    movie = fetch_movie(AVATAR)
    assert movie == Movie.objects.get()
    assert movie.synced_at
    assert held(AVATAR) == told(tmdb.films[AVATAR])


def test_a_film_that_is_held_fresh_is_not_asked_for(tmdb):
    fetch_movie(AVATAR)
    fetch_movie(AVATAR)
    assert len(tmdb.calls) == 1


def test_a_film_known_by_name_alone_is_fetched(tmdb):
    Movie.objects.create(tmdb_id=AVATAR, title="Avatar")
    assert fetch_movie(AVATAR).runtime


def test_an_unknown_id_is_asked_for_once(tmdb):
    for _ in range(3):
        with pytest.raises(TMDBNotFound):
            fetch_movie(UNKNOWN)
    assert len(tmdb.calls) == 1
    assert not Movie.objects.exists()
    assert not SyncFailure.objects.exists()


@pytest.mark.parametrize("movie_id", [0, -1, 2**31, 2**70])
def test_what_can_be_no_id_is_not_asked_for(tmdb, movie_id):
    with pytest.raises(TMDBNotFound):
        fetch_movie(movie_id)
    assert not tmdb.calls


@pytest.mark.parametrize("kind", ["html500", "reset", "not_json", "status429", "error_in_200", "suspended"])
def test_one_try_is_all_a_reader_waits_for(tmdb, kind):
    tmdb.faults.add(AVATAR, kind, 1)
    with pytest.raises(TMDBUnavailable):
        fetch_movie(AVATAR)
    assert len(tmdb.calls) == 1
    assert not SyncFailure.objects.exists()
    a_moment_later(AVATAR)
    assert fetch_movie(AVATAR).pk == AVATAR


def test_a_held_film_that_is_gone_is_still_given(tmdb):
    fetch_movie(AVATAR)
    Movie.objects.update(synced_at=timezone.now() - timedelta(days=30))
    tmdb.remove_film(AVATAR)
    movie = fetch_movie(AVATAR)
    assert movie.gone_at
    assert movie.credits.exists()


def test_without_a_tmdb_nothing_is_found(settings):
    settings.TMDB_TOKEN, settings.TMDB_BASE_URL = "", ""
    with pytest.raises(TMDBNotFound):
        fetch_movie(AVATAR)


def test_another_process_that_asks_already_is_waited_for(tmdb):
    cache.set(f"tmdb-flight:{AVATAR}", 1, 15)
    landing = threading.Timer(0.3, cache.delete, (f"tmdb-flight:{AVATAR}",))
    landing.start()
    fetch_movie(AVATAR)
    landing.join()
    assert len(tmdb.calls) == 1


@pytest.mark.django_db(transaction=True)
def test_many_readers_at_once_are_one_call(tmdb):
    tmdb.faults.add(AVATAR, "stall", 1, seconds=0.3)
    found, faults = [], []

    def read():
        try:
            found.append(fetch_movie(AVATAR).pk)
        except TMDBUnavailable as fault:
            faults.append(fault)
        finally:
            connection.close()

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert (found, faults) == ([AVATAR] * 8, [])
    assert len(tmdb.calls) == 1


def test_the_worker_tries_for_longer_and_puts_aside_what_fails(tmdb, settings):
    tmdb.faults.add(AVATAR, "reset", 1)
    refresh_movie(AVATAR)
    assert Movie.objects.get().pk == AVATAR
    tmdb.films[AVATAR] = {"id": AVATAR, "title": ""}
    with pytest.raises(TMDBUnavailable):
        refresh_movie(AVATAR)
    assert SyncFailure.objects.get().reason == SyncFailure.Reason.UNREADABLE


def test_the_worker_asks_for_a_fresh_film_too(tmdb):
    refresh_movie(AVATAR)
    refresh_movie(AVATAR)
    assert len(tmdb.calls) == 2
