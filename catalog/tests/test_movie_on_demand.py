"""GET /movies/{id} of a film that is not held: asked of TMDB, once, and never at the cost of an answer."""

import threading
import time

import pytest
from django.db import connection
from django.utils import timezone

from catalog.api.movie import PARTIAL_SECONDS
from catalog.models import Movie, SyncFailure
from catalog.tests.films import fault, ids, make_movie
from catalog.tests.readers import a_moment_later
from conftest import forget
from web import cached
from web.cached import first_level

pytestmark = pytest.mark.django_db
MATRIX = "/api/v1/movies/603"


def calls(tmdb, movie_id=603):
    return [call for call in tmdb.calls if call.path == f"/movie/{movie_id}"]


@pytest.fixture
def away(tmdb):
    """TMDB, that answers nobody."""
    tmdb.stop()
    return tmdb


def test_a_film_that_is_not_held_is_fetched_and_stored_with_its_people(api, tmdb):
    body = api.get(MATRIX).json()
    assert body["title"] == "The Matrix"
    assert body["cast"][0]["name"] == "Keanu Reeves"
    assert Movie.objects.get(pk=603).credits.exists()
    api.get(f"{MATRIX}?region=FR")
    assert len(calls(tmdb)) == 1


@pytest.mark.parametrize("part", ["credits", "streaming"])
def test_its_parts_are_fetched_alike(api, tmdb, part):
    assert api.get(f"{MATRIX}/{part}").status_code == 200
    assert Movie.objects.filter(pk=603).exists()


def test_a_film_that_tmdb_has_not_is_a_404_and_is_not_asked_for_again(api, tmdb):
    for _ in range(3):
        assert fault(api.get("/api/v1/movies/77777777")) == (404, "not_found", None)
    assert len(calls(tmdb, 77777777)) == 1
    assert not Movie.objects.filter(pk=77777777).exists()


@pytest.mark.parametrize("movie_id", [0, 2**31, 10**12])
def test_a_number_that_is_no_id_is_not_asked_for(api, tmdb, movie_id):
    assert api.get(f"/api/v1/movies/{movie_id}").status_code == 404
    assert calls(tmdb, movie_id) == []


def test_a_film_that_is_only_known_is_detailed_when_it_is_opened(api, tmdb):
    make_movie(603, "The Matrix, as the export has it", synced_at=None, runtime=None)
    assert api.get(MATRIX).json()["runtime"] == 136


def test_with_tmdb_away_what_is_known_is_told(api, away):
    make_movie(603, "Only the title", synced_at=None)
    body = api.get(MATRIX).json()
    assert (body["title"], body["synced_at"], body["is_partial"]) == ("Only the title", None, True)


def test_what_is_held_in_full_or_gone_for_good_is_not_partial(api, tmdb):
    assert api.get(MATRIX).json()["is_partial"] is False
    make_movie(238, "Gone", synced_at=None, gone_at=timezone.now())
    assert api.get("/api/v1/movies/238").json()["is_partial"] is False


@pytest.mark.parametrize("part", ["", "/credits", "/streaming"])
def test_what_is_told_in_part_is_kept_for_seconds_and_not_for_a_day(api, away, monkeypatch, part):
    kept, real = [], cached.Body
    monkeypatch.setattr(cached, "Body", lambda *fields: (kept.append(round(fields[3] - time.time())), real(*fields))[1])
    make_movie(603, "Only the title", synced_at=None)
    make_movie(238, "Held")
    assert api.get(f"{MATRIX}{part}").status_code == 200
    assert api.get(f"/api/v1/movies/238{part}").status_code == 200
    assert kept == [PARTIAL_SECONDS, 24 * 3600]


def test_once_tmdb_is_back_and_the_seconds_are_over_the_whole_film_is_told(api, tmdb, monkeypatch):
    port = tmdb.port
    tmdb.stop()
    make_movie(603, "Only the title", synced_at=None)
    assert api.get(MATRIX).json()["is_partial"]
    tmdb.port = port
    tmdb.start()
    a_moment_later(603)
    assert api.get(MATRIX).json()["is_partial"]
    now = time.time()
    monkeypatch.setattr(cached.time, "time", lambda: now + PARTIAL_SECONDS + 1)
    first_level.clear()
    body = api.get(MATRIX).json()
    assert (body["title"], body["is_partial"]) == ("The Matrix", False)


def test_without_a_tmdb_what_is_known_is_told(api, settings):
    settings.TMDB_TOKEN, settings.TMDB_BASE_URL = "", ""
    make_movie(603, "Only the title", synced_at=None)
    assert api.get(MATRIX).json()["is_partial"]
    assert api.get("/api/v1/movies/238").status_code == 404


def test_with_tmdb_away_what_is_not_held_is_a_503_that_says_when_to_come_back(api, away):
    response = api.get(MATRIX)
    assert fault(response)[:2] == (503, "unavailable")
    assert int(response.headers["Retry-After"]) > 0


def test_with_tmdb_away_what_is_held_is_told_as_ever(api, away):
    make_movie(603, "Held")
    assert api.get(MATRIX).json()["title"] == "Held"


def test_a_503_is_not_kept(api, tmdb):
    address = tmdb.port
    tmdb.stop()
    assert api.get(MATRIX).status_code == 503
    tmdb.port = address
    tmdb.start()
    a_moment_later(603)
    assert api.get(MATRIX).status_code == 200


@pytest.mark.parametrize("kind", ["html500", "empty200", "truncated", "reset", "list_instead_of_object", "not_json"])
def test_an_answer_that_makes_no_sense_is_a_503_and_stores_nothing(api, tmdb, kind):
    tmdb.faults.add(603, kind)
    assert fault(api.get(MATRIX))[:2] == (503, "unavailable")
    assert not Movie.objects.exists()
    tmdb.faults.clear()
    a_moment_later(603)
    assert api.get(MATRIX).status_code == 200


def test_strangers_cannot_fill_the_list_of_films_put_aside(api, tmdb):
    tmdb.faults.add("/movie/*", "html500")
    for movie_id in range(900_001, 900_006):
        a_moment_later(603)
        assert api.get(f"/api/v1/movies/{movie_id}").status_code == 503
    assert not SyncFailure.objects.exists()


def test_after_a_call_that_failed_tmdb_is_left_alone_for_a_while(api, tmdb):
    tmdb.faults.add("/movie/*", "html500")
    for movie_id in range(900_001, 900_006):
        assert fault(api.get(f"/api/v1/movies/{movie_id}"))[:2] == (503, "unavailable")
    assert tmdb.record.total == 1
    make_movie(238, "Held")
    assert api.get("/api/v1/movies/238").status_code == 200


def test_one_film_that_cannot_be_read_closes_nothing_for_the_others(api, tmdb):
    tmdb.films[603] = {"id": 603, "title": None}
    assert api.get(MATRIX).status_code == 503
    assert api.get("/api/v1/movies/238").status_code == 200


def test_a_film_that_is_gone_is_told_without_asking(api, tmdb):
    make_movie(603, "Gone", gone_at=timezone.now())
    assert api.get(MATRIX).json()["title"] == "Gone"
    assert calls(tmdb) == []


def test_a_fetched_film_is_listed_once_the_lists_are_made_anew(api, tmdb):
    assert ids(api.get("/api/v1/movies/popular")) == []
    api.get(MATRIX)
    first_level.clear()
    forget()
    assert ids(api.get("/api/v1/movies/popular")) == [603]


@pytest.mark.django_db(transaction=True)
def test_many_readers_at_once_make_one_call(api, tmdb):
    answers = []

    def read(region):
        answers.append(api.get(f"{MATRIX}?region={region}").status_code)
        connection.close()

    regions = [a + b for a in "ABC" for b in "ABCDE"]
    readers = [threading.Thread(target=read, args=[region]) for region in regions]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert answers == [200] * len(regions)
    assert len(calls(tmdb)) == 1
