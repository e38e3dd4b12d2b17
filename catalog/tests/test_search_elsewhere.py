"""A search that finds nothing here asks TMDB's own, once."""

import time

import pytest

from catalog.models import Movie, MovieSearch
from catalog.sync import elsewhere, on_demand
from catalog.tests.films import ids
from web import cached

pytestmark = pytest.mark.django_db
SEARCH = "/api/v1/movies/search"
AVATAR = 19995


def asked(tmdb):
    return [call for call in tmdb.calls if call.path == "/search/movie"]


def test_what_is_not_held_is_found_held_and_found_again(tmdb, api):
    found = ids(api.get(SEARCH, {"q": "avatar"}))
    assert AVATAR in found
    film = Movie.objects.get(pk=AVATAR)
    assert (film.title, film.synced_at, film.is_partial) == ("Avatar", None, True)
    assert film.popularity == tmdb.films[AVATAR]["popularity"]
    assert MovieSearch.objects.filter(pk=AVATAR).exists()
    assert ids(api.get(SEARCH, {"q": "avatra"}))[0] == AVATAR
    assert len(asked(tmdb)) == 1


def test_a_text_is_asked_for_once_however_it_is_written(tmdb, api):
    for text in ("qqqxyz", "QQQXYZ!", " qqqxyz "):
        assert ids(api.get(SEARCH, {"q": text})) == []
    assert len(asked(tmdb)) == 1


def test_neither_a_narrowed_search_nor_what_is_being_typed_asks(tmdb, api):
    assert ids(api.get(SEARCH, {"q": "avatar", "year": 2009})) == []
    assert ids(api.get("/api/v1/movies/suggest", {"q": "avatar"})) == []
    assert ids(api.get(SEARCH, {"q": "é"})) == []
    assert not asked(tmdb)


def test_what_is_held_stays_as_it_is(tmdb):
    Movie.objects.create(tmdb_id=AVATAR, title="Held", popularity=1)
    assert AVATAR in elsewhere.search_elsewhere("avatar")
    assert Movie.objects.get(pk=AVATAR).title == "Held"


@pytest.mark.parametrize("kind", ["html500", "reset", "not_json", "status429"])
def test_while_tmdb_is_away_nothing_is_found_and_it_is_asked_again_soon(tmdb, api, monkeypatch, kind):
    tmdb.faults.add("/search/movie", kind)
    assert ids(api.get(SEARCH, {"q": "avatar"})) == []
    assert not Movie.objects.exists()
    tmdb.faults.clear()
    on_demand.circuit.succeeded()
    assert ids(api.get(SEARCH, {"q": "avatar"})) == []
    later = time.time() + 11
    monkeypatch.setattr(cached.time, "time", lambda: later)
    cached.first_level.clear()
    assert AVATAR in ids(api.get(SEARCH, {"q": "avatar"}))


@pytest.mark.parametrize(
    "results",
    [
        [],
        [None, 7, "x", [], {}],
        [
            {"id": "603", "title": "X"},
            {"id": -1, "title": "X"},
            {"id": True, "title": "X"},
            {"id": 2**40, "title": "X"},
        ],
        [{"id": 5}, {"id": 6, "title": ""}, {"id": 7, "title": None}, {"id": 8, "title": ["X"]}],
    ],
)
def test_what_cannot_be_read_is_passed_over(results):
    known = elsewhere.hold([*results, {"id": 603, "title": "The Matrix", "popularity": 80.0}])
    assert 603 in known
    assert Movie.objects.get(pk=603).title == "The Matrix"
    assert set(Movie.objects.values_list("pk", flat=True)) <= set(known)


def test_films_for_adults_are_held_and_not_found(tmdb):
    elsewhere.hold([{"id": 9, "title": "Grown", "adult": True, "popularity": 1.0}])
    assert Movie.objects.get(pk=9).is_adult
    assert not MovieSearch.objects.exists()
