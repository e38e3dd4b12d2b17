"""GET /movies/{id}/releases: dates and age ratings of all countries."""

from datetime import date

import pytest

from catalog.tests.films import fault, make_heat, make_movie

pytestmark = pytest.mark.django_db
RELEASES = "/api/v1/movies/949/releases"


def release(film, region, kind, day, certification="", *, note=""):
    film.release_dates.create(
        region=region, kind=kind, released_on=date.fromisoformat(day), certification=certification, note=note
    )


def test_all_countries_are_told_with_their_dates_and_ratings(api):
    heat = make_heat()
    release(heat, "FR", 3, "1996-02-21", "12")
    release(heat, "FR", 1, "1996-01-10", note="Paris")
    assert api.get(RELEASES).json() == {
        "id": 949,
        "countries": [
            {
                "region": "FR",
                "certification": "12",
                "releases": [
                    {"kind": "premiere", "release_date": "1996-01-10", "certification": "", "note": "Paris"},
                    {"kind": "theatrical", "release_date": "1996-02-21", "certification": "12", "note": ""},
                ],
            },
            {
                "region": "US",
                "certification": "R",
                "releases": [{"kind": "theatrical", "release_date": "1995-12-15", "certification": "R", "note": ""}],
            },
        ],
    }


def test_every_kind_has_its_name(api):
    film = make_movie(949, "Everywhere")
    for kind in range(1, 7):
        release(film, "US", kind, f"2020-0{kind}-01")
    (country,) = api.get(RELEASES).json()["countries"]
    names = [row["kind"] for row in country["releases"]]
    assert names == ["premiere", "limited", "theatrical", "digital", "physical", "tv"]
    assert country["certification"] is None


def test_the_rating_is_the_one_that_the_details_tell(api):
    film = make_movie(949, "Rated")
    release(film, "US", 5, "2019-01-01", "NR")
    release(film, "US", 3, "2020-01-01", "PG")
    release(film, "US", 3, "2021-01-01", "R")
    release(film, "DE", 4, "2020-01-01", "16")
    countries = {row["region"]: row["certification"] for row in api.get(RELEASES).json()["countries"]}
    assert countries == {"DE": "16", "US": "PG"}
    for region, certification in countries.items():
        assert api.get(f"/api/v1/movies/949?region={region}").json()["certification"] == certification


def test_a_film_without_dates_has_an_empty_list(api):
    make_movie(949, "Undated")
    assert api.get(RELEASES).json() == {"id": 949, "countries": []}


def test_many_countries_cost_no_more_queries_and_a_second_call_none(api, django_assert_num_queries):
    film = make_movie(949, "Everywhere")
    for first in "ABCDEFGH":
        for second in "ABCDEFGH":
            release(film, first + second, 3, "2020-01-01")
    with django_assert_num_queries(2):
        told = api.get(RELEASES)
    with django_assert_num_queries(0):
        assert api.get(RELEASES).content == told.content
    codes = [row["region"] for row in told.json()["countries"]]
    assert codes == sorted(codes)
    assert len(codes) == 64


def test_a_film_that_is_not_held_is_fetched_and_one_that_is_nowhere_a_404(api, tmdb):
    tmdb.films[603]["release_dates"]["results"] = [
        {
            "iso_3166_1": "GB",
            "release_dates": [{"type": 3, "release_date": "1999-06-11T00:00:00.000Z", "certification": "15"}],
        }
    ]
    (country,) = api.get("/api/v1/movies/603/releases").json()["countries"]
    assert (country["region"], country["certification"]) == ("GB", "15")
    assert fault(api.get("/api/v1/movies/999999999/releases")) == (404, "not_found", None)
