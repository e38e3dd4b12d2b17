"""GET /movies/{id} and its parts."""

from datetime import date

import pytest

from catalog.tests.films import fault, make_heat, make_movie, make_offer, make_provider

pytestmark = pytest.mark.django_db
HEAT = "/api/v1/movies/949"
CDN = "https://image.tmdb.org/t/p"


def test_a_film_is_told_with_all_its_parts(api):
    make_heat()
    body = api.get(HEAT).json()
    assert {name: body[name] for name in ("id", "title", "release_date", "runtime", "imdb_id", "certification")} == {
        "id": 949,
        "title": "Heat",
        "release_date": "1995-12-15",
        "runtime": 170,
        "imdb_id": "tt0113277",
        "certification": "R",
    }
    assert body["genres"] == [{"id": 80, "name": "Crime"}]
    assert body["keywords"] == ["robbery"]
    assert [(row["id"], row["character"]) for row in body["cast"]] == [(1158, "Vincent Hanna")]
    assert [(row["name"], row["job"]) for row in body["crew"]] == [("Michael Mann", "Director")]
    assert body["poster"] == {size: f"{CDN}/{size}/heat.jpg" for size in ("w185", "w342", "w500", "original")}
    assert {"w185", "w342", "w500", "original"} <= body["backdrop"].keys()
    assert body["trailers"][0]["url"] == "https://www.youtube.com/watch?v=2GfZl4kuVNI"
    assert body["tmdb_rating"] == {"average": 7.9, "count": 100}
    assert body["community_rating"] == {"average": 8.5, "count": 2}
    assert body["synced_at"] == "2026-11-01T12:30:00Z"
    assert body["gone_at"] is None


def test_what_is_not_known_is_null(api):
    make_movie(5, "Bare", released_on=None, runtime=None, tmdb_vote_count=0)
    body = api.get("/api/v1/movies/5").json()
    nothing = ("release_date", "runtime", "poster", "backdrop", "imdb_id", "collection", "certification", "budget")
    assert {body[name] for name in nothing} == {None}
    assert body["tmdb_rating"] == body["community_rating"] == {"average": None, "count": 0}
    assert body["streaming"]["known"] is False


def test_streaming_and_certification_are_the_regions(api):
    heat = make_heat()
    heat.release_dates.create(region="FR", kind=5, released_on=date(1996, 9, 1), certification="U")
    heat.release_dates.create(region="FR", kind=3, released_on=date(1996, 2, 21), certification="12")
    make_offer(heat, make_provider(381, "Canal+"), region="FR", kind="rent")
    american, french = api.get(HEAT).json(), api.get(f"{HEAT}?region=fr").json()
    assert (american["certification"], french["certification"]) == ("R", "12")
    assert [row["name"] for row in american["streaming"]["flatrate"]] == ["Netflix"]
    assert american["streaming"]["link"] == "https://example.org/heat"
    assert french["streaming"]["region"] == "FR"
    assert french["streaming"]["flatrate"] == []
    assert [row["id"] for row in french["streaming"]["rent"]] == [381]
    assert "JustWatch" in french["streaming"]["attribution"]


def test_a_trailing_slash_changes_nothing(api):
    make_heat()
    assert api.get(f"{HEAT}/").json() == api.get(HEAT).json()


def test_credits_and_streaming_stand_alone_too(api):
    make_heat()
    whole = api.get(HEAT).json()
    credits = api.get(f"{HEAT}/credits").json()
    assert credits == {"id": 949, "cast": whole["cast"], "crew": whole["crew"]}
    assert api.get(f"{HEAT}/streaming?region=US").json() == whole["streaming"]


def test_the_cast_keeps_its_order(api):
    heat = make_heat()
    people = [credit.person for credit in heat.credits.all()]
    heat.credits.all().delete()
    for position, person in reversed(list(enumerate(people))):
        heat.credits.create(person=person, kind="cast", position=position, character=f"No. {position}")
    assert [row["character"] for row in api.get(f"{HEAT}/credits").json()["cast"]] == ["No. 0", "No. 1"]


def test_trailers_stand_before_teasers_the_official_and_the_newest_first(api):
    film = make_movie(5, "Trailed")
    videos = [
        ("old", "Trailer", True, "2020-01-01T00:00:00Z"),
        ("undated", "Trailer", True, None),
        ("new", "Trailer", True, "2024-01-01T00:00:00Z"),
        ("fan", "Trailer", False, "2025-01-01T00:00:00Z"),
        ("tease", "Teaser", True, "2026-01-01T00:00:00Z"),
        ("clip", "Clip", True, "2026-01-01T00:00:00Z"),
    ]
    for key, kind, is_official, published_at in videos:
        film.videos.create(site="YouTube", key=key, kind=kind, is_official=is_official, published_at=published_at)
    keys = [row["key"] for row in api.get("/api/v1/movies/5").json()["trailers"]]
    assert keys == ["new", "old", "undated", "fan", "tease"]


def test_keywords_are_by_name_whatever_their_ids(api):
    film = make_movie(5, "Tagged")
    for number, name in enumerate(["rain", "heist", "neo-noir"], start=1):
        film.keywords.create(tmdb_id=number, name=name)
    assert api.get("/api/v1/movies/5").json()["keywords"] == ["heist", "neo-noir", "rain"]


def test_a_film_gone_from_tmdb_is_still_told(api):
    make_movie(7, "Lost", gone_at="2026-02-03T04:05:06Z")
    body = api.get("/api/v1/movies/7").json()
    assert (body["title"], body["gone_at"]) == ("Lost", "2026-02-03T04:05:06Z")


@pytest.mark.parametrize("region", ["USA", "1", "f", "%20%20", "é1", "F%0A"])
def test_a_bad_region_is_a_400_that_names_it(api, region):
    make_heat()
    for path in "", "/streaming":
        assert fault(api.get(f"{HEAT}{path}?region={region}"))[::2] == (400, "region")


@pytest.mark.parametrize("path", ["abc", "-1", "1.5", "9" * 5000, "949%00", "949/nothing", "949abc", "%F0%9F%8E%AC"])
def test_what_is_no_id_is_an_error_in_json(api, path):
    response = api.get(f"/api/v1/movies/{path}")
    assert response.status_code in {400, 404}
    assert response.json()["errors"][0]["code"]


def test_details_cost_eight_queries_at_most_however_much_there_is(api, django_assert_max_num_queries):
    heat = make_heat()
    with django_assert_max_num_queries(8) as few:
        api.get(HEAT)
    person = heat.credits.first().person
    for position in range(1, 60):
        heat.credits.create(person=person, kind="cast", position=position)
        make_offer(heat, make_provider(1000 + position, f"Service {position}"), region="US")
    with django_assert_max_num_queries(8) as many:
        assert len(api.get(f"{HEAT}?region=US").json()["cast"]) == 60
    assert len(few) == len(many)
