"""What is kept rendered: nothing asked of the database again, and dropped when a film changes."""

import threading
import time

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.caching import change_movies, drop_lists, drop_movies
from catalog.models import Movie
from catalog.tests.films import ids, make_heat, make_movie, make_movies
from web.cached import Question
from web.first_level import first_level

pytestmark = pytest.mark.django_db
HEAT = "/api/v1/movies/949"
PATHS = [
    HEAT,
    f"{HEAT}?region=FR",
    f"{HEAT}/credits",
    f"{HEAT}/similar",
    f"{HEAT}/streaming",
    "/api/v1/movies",
    "/api/v1/movies/popular",
    "/api/v1/movies/trending",
    "/api/v1/movies/search?q=heat",
    "/api/v1/movies/suggest?q=he",
    "/api/v1/people/1158",
    "/api/v1/people/search?q=al",
    "/api/v1/genres",
    "/api/v1/streaming/movies",
]


@pytest.mark.parametrize("path", PATHS)
def test_the_second_reader_costs_no_query(api, path, django_assert_num_queries):
    make_heat()
    first = api.get(path)
    with django_assert_num_queries(0):
        second = api.get(path)
    assert first.status_code == second.status_code == 200
    assert first.content == second.content


@pytest.mark.parametrize("path", PATHS)
def test_another_process_finds_the_body_in_the_shared_cache(api, path, django_assert_num_queries):
    make_heat()
    first = api.get(path)
    first_level.clear()
    with django_assert_num_queries(0):
        assert api.get(path).content == first.content


def test_a_changed_film_is_told_as_it_is_now(api):
    make_heat()
    api.get(HEAT)
    api.get(f"{HEAT}?region=FR")
    Movie.objects.filter(pk=949).update(title="Heat, restored")
    assert api.get(HEAT).json()["title"] == "Heat"
    drop_movies([949])
    assert api.get(HEAT).json()["title"] == "Heat, restored"
    assert api.get(f"{HEAT}?region=FR").json()["title"] == "Heat, restored"


def test_dropping_one_film_keeps_the_others(api, django_assert_num_queries):
    make_heat()
    make_movie(1, "Other")
    api.get("/api/v1/movies/1")
    drop_movies([949])
    with django_assert_num_queries(0):
        api.get("/api/v1/movies/1")


def test_dropping_the_lists_shows_what_is_new(api):
    make_heat()
    assert ids(api.get("/api/v1/movies/popular")) == [949]
    make_movie(1, "New", popularity=99)
    assert ids(api.get("/api/v1/movies/popular")) == [949]
    drop_lists()
    assert ids(api.get("/api/v1/movies/popular")) == [1, 949]


def test_a_run_killed_before_it_drops_the_lists_leaves_them_for_no_longer_than_a_lapse(
    api, monkeypatch, django_capture_on_commit_callbacks
):
    make_heat()
    assert ids(api.get("/api/v1/movies/popular")) == [949]
    monkeypatch.setattr("web.dropping.LAPSE_SECONDS", 0.2)
    with django_capture_on_commit_callbacks(execute=True):
        make_movie(1, "New", popularity=99)
        change_movies([1])
    assert ids(api.get("/api/v1/movies/popular")) == [949]
    time.sleep(0.3)
    first_level.clear()
    assert ids(api.get("/api/v1/movies/popular")) == [1, 949]


def test_a_body_dropped_while_it_was_being_made_is_not_kept(api, monkeypatch):
    make_heat()
    fetched = Movie.from_db.__func__

    def change_meanwhile(cls, *args):
        drop_movies([949])
        return fetched(cls, *args)

    monkeypatch.setattr(Movie, "from_db", classmethod(change_meanwhile))
    api.get(HEAT)
    monkeypatch.undo()
    first_level.clear()
    Movie.objects.filter(pk=949).update(title="After")
    assert api.get(HEAT).json()["title"] == "After"


def test_parameters_that_nobody_knows_share_one_body_and_do_not_enter_it(api, django_assert_num_queries):
    make_movies(range(1, 4))
    api.get("/api/v1/movies/popular?page_size=2")
    with django_assert_num_queries(0):
        body = api.get("/api/v1/movies/popular?utm_source=mail&page_size=2").json()
    assert "utm_source" not in body["next"]


def test_an_unchanged_body_is_a_304_without_content(api):
    make_heat()
    first = api.get(HEAT)
    etag = first.headers["ETag"]
    for given in etag, etag.removeprefix("W/"), f'"other", {etag}', "*":
        again = api.get(HEAT, headers={"If-None-Match": given})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == etag
        assert "Cache-Control" in again.headers
    assert api.get(HEAT, headers={"If-None-Match": '"another"'}).status_code == 200


def test_an_etag_changes_with_the_film(api):
    make_heat()
    before = api.get(HEAT).headers["ETag"]
    Movie.objects.filter(pk=949).update(runtime=171)
    drop_movies([949])
    assert api.get(HEAT, headers={"If-None-Match": before}).status_code == 200


def test_faults_are_not_kept(api):
    assert api.get("/api/v1/people/1").status_code == 404
    assert api.get("/api/v1/movies?year=x").status_code == 400
    assert "ETag" not in api.get("/api/v1/movies?year=x").headers


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip", "gzip"), ("br", "br"), ("zstd", "zstd"), ("", None)])
def test_a_kept_body_is_compressed_as_asked(api, accepted, encoding):
    make_heat()
    for _ in range(2):
        response = api.get(HEAT, headers={"Accept-Encoding": accepted})
        assert response.headers.get("Content-Encoding") == encoding
        assert "Accept-Encoding" in response.headers["Vary"]
    assert api.get(HEAT).json()["id"] == 949


@pytest.mark.django_db(transaction=True)
def test_many_readers_of_a_cold_body_make_it_once(api):
    make_heat()
    made, answers = [], []

    def read():
        with CaptureQueriesContext(connection) as queries:
            answers.append(api.get(HEAT).status_code)
        made.append(len(queries))
        connection.close()

    readers = [threading.Thread(target=read) for _ in range(12)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert answers == [200] * 12
    assert sorted(made)[:-1] == [0] * 11
    assert max(made) > 0


def test_a_body_made_between_the_first_look_and_the_claim_is_not_made_again(api, monkeypatch):
    make_heat()
    api.get(HEAT)
    first_level.clear()
    look, looks = Question.kept_body, []

    def miss_once(question):
        looks.append(question.key)
        return look(question) if len(looks) > 1 else None

    monkeypatch.setattr(Question, "kept_body", miss_once)
    with CaptureQueriesContext(connection) as queries:
        assert api.get(HEAT).status_code == 200
    assert len(queries) == 0
    assert cache.get(f"{looks[0]}:claim") is None
