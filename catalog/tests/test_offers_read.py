"""Offers as a reader asks for them: since when, in which order, and what is new."""

from datetime import UTC, datetime, timedelta

import pytest

from catalog.models import Offer, Provider, Region
from catalog.tests.films import fault, ids, make_heat, make_movie, make_offer, make_provider

pytestmark = pytest.mark.django_db
STREAMING = "/api/v1/movies/949/streaming"
NEW = "/api/v1/streaming/movies?new_since"
TENTH = datetime(2026, 11, 10, 8, 15, tzinfo=UTC)


def arrive(movie, provider, at=TENTH, *, region="US", **fields):
    return make_offer(movie, provider, region=region, first_seen_at=at, last_seen_at=at, is_arrival=True, **fields)


def services(body, kind="flatrate"):
    return [row["name"] for row in body[kind]]


def test_an_offer_tells_since_when_it_is_there(api):
    heat = make_heat()
    Offer.objects.update(first_seen_at=TENTH)
    for body in api.get(STREAMING).json(), api.get("/api/v1/movies/949").json()["streaming"]:
        assert body["flatrate"][0]["first_seen_at"] == "2026-11-10T08:15:00Z"
        assert body["flatrate"][0].keys() == {"id", "name", "logo", "first_seen_at"}
        assert (body["link"], body["attribution"]) == ("https://example.org/heat", "Streaming data by JustWatch")
    assert heat.offers.count() == 1


def test_what_left_is_shown_nowhere(api):
    heat = make_heat()
    Offer.objects.update(left_at=TENTH)
    body = api.get(STREAMING).json()
    assert (services(body), body["known"], body["link"]) == ([], False, None)
    assert ids(api.get("/api/v1/streaming/movies")) == []
    assert ids(api.get("/api/v1/movies?provider=8")) == []
    arrive(heat, Provider.objects.get(pk=8))
    assert ids(api.get("/api/v1/movies?provider=8&region=US")) == [949]


def test_services_stand_as_tmdb_ranks_them_in_the_region(api):
    film = make_movie(949, "Ranked")
    ranks = {"Last in US": {"US": 9, "FR": 0}, "First in US": {"US": 1, "FR": 5}, "Second in US": {"US": 2}}
    for number, (name, there) in enumerate(ranks.items(), start=1):
        provider = make_provider(number, name, **there)
        for region in "US", "FR":
            make_offer(film, provider, region=region)
    Provider.objects.filter(name="Second in US").update(priority=3)
    assert services(api.get(f"{STREAMING}?region=US").json()) == ["First in US", "Second in US", "Last in US"]
    assert services(api.get(f"{STREAMING}?region=FR").json()) == ["Last in US", "Second in US", "First in US"]


def test_services_of_one_rank_stand_by_name(api):
    film = make_movie(949, "Ranked")
    for number, name in enumerate(["Cinemas", "Apple", "Binge"], start=1):
        make_offer(film, make_provider(number, name), region="US")
    assert services(api.get(STREAMING).json()) == ["Apple", "Binge", "Cinemas"]


def test_the_order_costs_no_query_of_its_own(api, django_assert_num_queries):
    make_heat()
    for number in range(100, 140):
        make_offer(
            make_movie(number, f"Film {number}"), make_provider(number, f"Service {number}", US=number), region="US"
        )
    with django_assert_num_queries(2):
        api.get(STREAMING)


def test_regions_are_by_name_and_then_by_code(api):
    for code, name in ("DE", "Germany"), ("XB", "Twin"), ("XA", "Twin"), ("AR", "Argentina"):
        Region.objects.create(code=code, name=name, has_streaming=True)
    assert [row["code"] for row in api.get("/api/v1/streaming").json()["results"]] == ["AR", "DE", "XA", "XB"]


def test_new_is_what_came_on_the_day_or_later(api):
    netflix, mubi = make_provider(8, "Netflix"), make_provider(11, "MUBI")
    midnight = datetime(2026, 11, 10, tzinfo=UTC)
    arrive(make_movie(1, "On the day"), netflix, midnight)
    arrive(make_movie(2, "The day before"), netflix, midnight - timedelta(seconds=1))
    arrive(make_movie(3, "Elsewhere"), netflix, region="FR")
    arrive(make_movie(4, "On another"), mubi)
    arrive(make_movie(5, "Left again"), netflix, left_at=TENTH)
    make_offer(make_movie(6, "Nobody knows since when"), netflix, region="US", first_seen_at=TENTH)
    arrive(make_movie(7, "Not listed", is_adult=True), netflix)
    assert ids(api.get(f"{NEW}=2026-11-10")) == [4, 1]
    assert ids(api.get(f"{NEW}=2026-11-10&provider=8")) == [1]
    assert ids(api.get(f"{NEW}=2026-11-09&provider=8&region=us")) == [2, 1]
    assert ids(api.get(f"{NEW}=2026-11-10&region=FR")) == [3]
    assert ids(api.get(f"{NEW}=2026-11-11")) == []
    assert ids(api.get(f"{NEW}=")) == ids(api.get("/api/v1/streaming/movies"))


@pytest.mark.parametrize(
    "day", ["yesterday", "2026-02-30", "2026-13-01", "1", "2026-11-10T00:00", "11/10/2026", "%F0%9F%8E%AC"]
)
def test_what_is_no_day_is_a_400_that_names_it(api, day):
    assert fault(api.get(f"{NEW}={day}"))[::2] == (400, "new_since")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_far_away_is_a_day(api, day):
    arrive(make_movie(1, "A film"), make_provider(8, "Netflix"))
    assert ids(api.get(f"{NEW}={day}")) == ([1] if day < "2026" else [])
