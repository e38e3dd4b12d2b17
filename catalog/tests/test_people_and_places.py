"""Genres, people, collections, streaming, and what is like a film."""

from datetime import date

import pytest

from catalog.models import Collection, Genre, Keyword, Person, Region
from catalog.tests.films import fault, ids, make_heat, make_movie, make_offer, make_provider

pytestmark = pytest.mark.django_db


def test_genres_are_by_name(api):
    for number, name in enumerate(["Western", "Action", "Drama"], start=1):
        Genre.objects.create(tmdb_id=number, name=name)
    assert [row["name"] for row in api.get("/api/v1/genres").json()["results"]] == ["Action", "Drama", "Western"]


def test_a_person_is_told_with_their_films_the_newest_first(api):
    heat = make_heat()
    pacino = Person.objects.get(pk=1158)
    announced = make_movie(3, "Announced", released_on=None)
    serpico = make_movie(2, "Serpico", released_on=date(1973, 12, 18))
    gone = make_movie(4, "Gone", gone_at="2026-01-01T00:00:00Z")
    for movie in serpico, gone, announced:
        movie.credits.create(person=pacino, kind="cast", position=0, character="A part")
    body = api.get("/api/v1/people/1158").json()
    assert (body["id"], body["name"], body["known_for"]) == (1158, "Al Pacino", "Acting")
    assert [row["id"] for row in body["filmography"]] == [3, heat.pk, 2]
    assert body["filmography"][1]["character"] == "Vincent Hanna"


def test_a_longer_filmography_costs_no_more_queries(api, django_assert_num_queries):
    person = Person.objects.create(tmdb_id=1, name="Busy")
    for number in range(1, 40):
        make_movie(number, f"Film {number}").credits.create(person=person, kind="cast", position=0)
    with django_assert_num_queries(2):
        assert len(api.get("/api/v1/people/1").json()["filmography"]) == 39


def test_a_collection_has_its_films_in_the_order_of_release(api, django_assert_num_queries):
    trilogy = Collection.objects.create(tmdb_id=10, name="A trilogy")
    make_movie(1, "Third", released_on=date(1983, 5, 25), collection=trilogy)
    make_movie(2, "First", released_on=date(1977, 5, 25), collection=trilogy)
    make_movie(3, "Gone", collection=trilogy, gone_at="2026-01-01T00:00:00Z")
    make_movie(4, "Announced", released_on=None, collection=trilogy)
    with django_assert_num_queries(3):
        body = api.get("/api/v1/collections/10").json()
    assert [movie["title"] for movie in body["movies"]] == ["First", "Third", "Announced"]


@pytest.mark.parametrize("path", ["people/5", "collections/5", "movies/5/similar", "people/0", "people/99999999999999"])
def test_what_is_not_held_is_a_404(api, path):
    assert fault(api.get(f"/api/v1/{path}")) == (404, "not_found", None)


def test_what_shares_more_is_more_alike(api):
    heat = make_heat()
    robbery, rain = heat.keywords.get(), Keyword.objects.create(tmdb_id=2, name="rain")
    heat.keywords.add(rain)
    mann = Person.objects.get(pk=638)
    one_word = make_movie(1, "One keyword", popularity=90)
    two_words = make_movie(2, "Two keywords")
    by_mann = make_movie(3, "Same director")
    genre_alone = make_movie(4, "Same genre", genres=tuple(heat.genres.all()))
    make_movie(5, "Nothing shared")
    gone = make_movie(6, "Gone", gone_at="2026-01-01T00:00:00Z")
    one_word.keywords.add(robbery)
    two_words.keywords.add(robbery, rain)
    gone.keywords.add(robbery, rain)
    by_mann.credits.create(person=mann, kind="crew", position=0, job="Director")
    assert ids(api.get("/api/v1/movies/949/similar")) == [by_mann.pk, two_words.pk, one_word.pk, genre_alone.pk]


def test_similar_films_come_in_pages_of_four_queries(api, django_assert_num_queries):
    heat = make_heat()
    for number in range(1, 50):
        make_movie(number, f"Film {number}").keywords.add(heat.keywords.get())
    with django_assert_num_queries(4):
        first = api.get("/api/v1/movies/949/similar?page_size=30").json()
    second = api.get(first["next"]).json()
    assert first["count"] == 49
    assert len({row["id"] for row in first["results"] + second["results"]}) == 49
    assert second["next"] is None


def test_a_film_that_is_like_no_other_has_an_empty_list(api):
    make_movie(1, "Alone")
    assert ids(api.get("/api/v1/movies/1/similar")) == []


def test_regions_are_those_with_services(api):
    Region.objects.create(code="FR", name="France", native_name="France", has_streaming=True)
    Region.objects.create(code="AQ", name="Antarctica")
    assert api.get("/api/v1/streaming").json()["results"] == [
        {"code": "FR", "name": "France", "native_name": "France"},
    ]


def test_services_come_in_the_order_of_their_region(api):
    make_provider(8, "Netflix", US=0, FR=1)
    make_provider(381, "Canal+", FR=0)
    assert ids(api.get("/api/v1/streaming/providers?region=fr")) == [381, 8]
    assert ids(api.get("/api/v1/streaming/providers")) == [8]
    assert ids(api.get("/api/v1/streaming/providers?region=ZZ")) == []
    assert fault(api.get("/api/v1/streaming/providers?region=ZZZ"))[::2] == (400, "region")


def test_what_is_on_a_service_is_the_newest_first(api):
    netflix, mubi = make_provider(8, "Netflix"), make_provider(11, "MUBI")
    old = make_movie(1, "Old", released_on=date(1950, 1, 1))
    new = make_movie(2, "New", released_on=date(2020, 1, 1))
    undated = make_movie(3, "Undated", released_on=None)
    make_movie(4, "Nowhere")
    make_offer(old, netflix, region="US")
    make_offer(old, mubi, region="US")
    make_offer(new, mubi, region="US")
    make_offer(undated, mubi, region="US")
    make_offer(new, netflix, region="FR")
    assert ids(api.get("/api/v1/streaming/movies")) == [2, 1, 3]
    assert ids(api.get("/api/v1/streaming/movies?provider=8")) == [1]
    assert ids(api.get("/api/v1/streaming/movies?provider=8,11&region=us")) == [2, 1, 3]
    assert ids(api.get("/api/v1/streaming/movies?region=FR")) == [2]
    assert fault(api.get("/api/v1/streaming/movies?provider=netflix"))[::2] == (400, "provider")
