"""Nothing that TMDB said longer than 170 days ago is kept, and nothing of the members' is lost for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog import tasks
from catalog.models import Collection, Movie, Poster, SyncRound, TMDBCalls
from catalog.sync import retention
from catalog.sync.retention import KEPT_FOR, forget_old_calls, forget_old_facts
from catalog.sync.worth import EXPIRING_AFTER, awaiting
from catalog.tests.films import make_heat, make_movie, make_movies
from web.cached import first_level

pytestmark = pytest.mark.django_db
PARTS = ("credits", "titles", "posters", "videos", "release_dates", "offers", "keywords", "genres")


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def heat(now):
    """Heat with a part of every kind, which TMDB gave 171 days ago."""
    heat = make_heat()
    heat.titles.create(language="fr", title="Heat", overview="Un policier.")
    Poster.objects.create(movie=heat, language="fr", path="/fr.jpg")
    heat.collection = Collection.objects.create(tmdb_id=1, name="Of one")
    heat.overview, heat.tagline, heat.homepage = "A thief and a policeman.", "A crime saga.", "https://example.org"
    heat.budget, heat.revenue, heat.status, heat.digest = 60_000_000, 187_000_000, "Released", "abc"
    heat.synced_at = now - timedelta(days=171)
    heat.save()
    return heat


def parts(movie):
    return {name for name in PARTS if getattr(movie, name).exists()}


def test_a_film_goes_back_to_what_is_known_of_it(now, heat):
    assert parts(heat) == set(PARTS)
    assert forget_old_facts(now) == 1
    heat.refresh_from_db()
    assert parts(heat) == set()
    assert (heat.title, heat.original_title, heat.popularity, heat.imdb_id) == ("Heat", "Heat", 50.0, "tt0113277")
    words = ("overview", "tagline", "homepage", "status", "poster_path", "backdrop_path", "original_language", "digest")
    assert {getattr(heat, name) for name in words} == {""}
    others = ("budget", "revenue", "runtime", "released_on", "collection", "title_key", "synced_at")
    assert {getattr(heat, name) for name in others} == {None}
    assert (heat.countries, heat.languages, heat.tmdb_vote_count, heat.weighted_rating) == ([], [], 0, 0)


def test_what_the_members_gave_it_stays(now, heat):
    forget_old_facts(now)
    heat.refresh_from_db()
    assert (heat.rating_total, heat.rating_count) == (17, 2)


def test_a_film_that_members_hold_goes_on_being_shown_in_their_lists(now, heat):
    Movie.objects.update(holder_count=3)
    forget_old_facts(now)
    heat.refresh_from_db()
    assert (heat.title, heat.poster_path, heat.runtime) == ("Heat", "/heat.jpg", 170)
    assert heat.released_on
    assert parts(heat) == {"genres"}
    assert heat.holder_count == 3
    assert (heat.overview, heat.backdrop_path) == ("", "")


def test_it_awaits_its_details_anew_and_gets_them(now, tmdb):
    from catalog.sync import refresh_movie

    refresh_movie(603)
    Movie.objects.update(synced_at=now - KEPT_FOR)
    forget_old_facts(now)
    assert list(awaiting()) == [603]
    refresh_movie(603)
    matrix = Movie.objects.get()
    assert matrix.overview
    assert matrix.credits.exists()


def test_a_tombstone_keeps_its_mark_and_does_not_await(now, heat):
    Movie.objects.update(gone_at=now - timedelta(days=200))
    assert forget_old_facts(now) == 1
    heat.refresh_from_db()
    assert heat.gone_at
    assert not heat.is_partial
    assert list(awaiting()) == []


def test_what_is_younger_is_left_alone_and_asked_for_in_time(now):
    make_movie(1, "Young", synced_at=now - KEPT_FOR + timedelta(hours=1), overview="Kept.")
    assert forget_old_facts(now) == 0
    assert Movie.objects.get().overview == "Kept."
    assert EXPIRING_AFTER < KEPT_FOR < timedelta(days=180)


def test_many_are_forgotten_in_batches(now, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(retention, "CHUNK", 3)
    make_movies(range(1, 8), synced_at=now - timedelta(days=200), overview="Old.")
    assert forget_old_facts(now) == 7
    assert not Movie.objects.exclude(overview="").exists()


@pytest.mark.django_db(transaction=True)
def test_its_rendered_page_is_dropped(api, now, heat):
    assert api.get("/api/v1/movies/949").json()["overview"]
    forget_old_facts(now)
    first_level.clear()
    body = api.get("/api/v1/movies/949?region=US").json()
    assert (body["overview"], body["cast"]) == ("", [])


def test_counts_of_calls_are_kept_for_five_weeks(now):
    for days in (0, 34, 36, 100):
        TMDBCalls.objects.create(hour=now - timedelta(days=days), outcome="200", calls=1)
    assert forget_old_calls(now) == 2
    assert TMDBCalls.objects.count() == 2


def test_the_round_says_what_it_forgot(heat):
    tasks.forget_old()
    entry = SyncRound.objects.get(pk="retention")
    assert entry.succeeded_at
    assert entry.summary == "the facts of 1 films, and 0 counts of calls"
