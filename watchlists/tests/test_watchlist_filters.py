"""A watchlist narrowed and ordered, and paged through."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.tests.members import SCANS, planned
from catalog.models import Genre, Movie, Offer
from catalog.tests.films import make_movie, make_provider
from watchlists.filters import in_order
from watchlists.models import WatchlistEntry
from watchlists.tests.calls import WATCHLIST, all_ids, faults, films, ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(ann):
    """Three films that differ in all that is asked about; the last has no date."""
    crime, noir = Genre.objects.create(tmdb_id=80, name="Crime"), Genre.objects.create(tmdb_id=9001, name="Noir")
    now = timezone.now()
    made = [
        make_movie(1, "A", genres=(crime,), runtime=90, released_on=date(1995, 1, 1), weighted_rating=5, popularity=3),
        make_movie(
            2,
            "B",
            genres=(crime, noir),
            runtime=150,
            released_on=date(2003, 1, 1),
            weighted_rating=9,
            popularity=1,
            tmdb_vote_average=9,
            original_language="fr",
        ),
        make_movie(3, "C", runtime=None, released_on=None, weighted_rating=7, popularity=2, tmdb_vote_average=8),
    ]
    for number, (movie, priority) in enumerate(zip(made, (0, 3, 3), strict=True)):
        WatchlistEntry.objects.create(
            user=ann, movie=movie, added_at=now - timedelta(days=number), priority=priority, is_watched=movie.pk == 2
        )
    return made


FOUND = {
    "": [1, 2, 3],
    "watched=true": [2],
    "watched=false": [1, 3],
    "watched=": [1, 2, 3],
    "genre=80": [1, 2],
    "genre=80,9001": [2],
    "genre=9001": [2],
    "genre=18": [],
    "max_runtime=90": [1],
    "runtime_min=100": [2],
    "decade=1990": [1],
    "decade=1994": [1, 2],
    "language=FR": [2],
    "rating_min=8": [2, 3],
    "unreleased=true": [3],
    "unreleased=false": [1, 2],
    "genre=80&watched=false&decade=1990": [1],
    "unknown=5": [1, 2, 3],
    "ordering=-added_at": [1, 2, 3],
    "ordering=added_at": [3, 2, 1],
    "ordering=release_date": [1, 2, 3],
    "ordering=-release_date": [2, 1, 3],
    "ordering=popularity": [2, 3, 1],
    "ordering=-popularity": [1, 3, 2],
    "ordering=rating": [1, 3, 2],
    "ordering=-rating": [2, 3, 1],
    "ordering=priority": [1, 3, 2],
    "ordering=-priority": [2, 3, 1],
}


@pytest.mark.parametrize(("query", "expected"), FOUND.items())
def test_what_is_asked_for_is_found(as_ann, shelf, query, expected):
    assert ids(as_ann.get(f"{WATCHLIST}?{query}")) == expected
    assert all_ids(as_ann, f"{WATCHLIST}?{query}&page_size=1") == expected


BAD = [
    *("watched=yes", "unreleased=1", "on_my_services=1", "ordering=title", "language=french", "region=XXX"),
    *("genre=x", "genre=%00", "max_runtime=-1", "runtime_min=a", "decade=19", "decade=3000"),
    *("rating_min=11", "rating_min=x", "page_size=0", "page_size=101", "cursor=x"),
]


@pytest.mark.parametrize("query", BAD)
def test_a_bad_value_is_told_by_its_name(as_ann, shelf, query):
    assert faults(as_ann.get(f"{WATCHLIST}?{query}"))[0][0] in (query.partition("=")[0], None)


def test_a_cursor_of_one_order_is_none_of_another(as_ann, shelf):
    cursor = as_ann.get(f"{WATCHLIST}?page_size=1").json()["next"]
    assert faults(as_ann.get(cursor.replace("?", "?ordering=rating&"))) == [("cursor", "invalid")]


class TestMyServices:
    @pytest.fixture(autouse=True)
    def offers(self, shelf, ann):
        for number in (8, 9):
            make_provider(number, f"Service {number}", US=1, FR=1)
        for movie, provider, region in ((1, 8, "US"), (2, 9, "US"), (3, 8, "FR")):
            Offer.objects.create(movie_id=movie, provider_id=provider, region=region, kind="flatrate")
        Offer.objects.create(movie_id=2, provider_id=8, region="US", kind="flatrate", left_at=timezone.now())
        ann.streaming_providers.set([8])

    def test_they_have_these_now_where_the_member_is(self, as_ann, ann):
        assert ids(as_ann.get(f"{WATCHLIST}?on_my_services=true")) == [1]
        assert ids(as_ann.get(f"{WATCHLIST}?on_my_services=true&region=FR")) == [3]
        ann.region = "FR"
        ann.save()
        assert ids(as_ann.get(f"{WATCHLIST}?on_my_services=true")) == [3]
        assert ids(as_ann.get(f"{WATCHLIST}?on_my_services=false")) == [1, 2, 3]

    def test_on_anothers_watchlist_they_are_the_readers(self, as_bob, api, bob):
        bob.streaming_providers.set([9])
        assert ids(as_bob.get("/api/v1/profiles/ann/watchlist?on_my_services=true")) == [2]
        assert ids(api.get("/api/v1/profiles/ann/watchlist?on_my_services=true")) == []


def test_a_film_added_meanwhile_neither_doubles_nor_hides_another(as_ann, ann):
    made = films(6)
    for film in made[:5]:
        WatchlistEntry.objects.create(user=ann, movie=film)
    page = as_ann.get(f"{WATCHLIST}?page_size=2").json()
    WatchlistEntry.objects.create(user=ann, movie=made[5])
    WatchlistEntry.objects.filter(movie=5).delete()
    assert all_ids(as_ann, page["next"]) == [3, 2, 1]


@pytest.fixture
def long_watchlist(ann):
    """Of which to sort all would cost more than an index: of a few PostgreSQL would rather do that."""
    Movie.objects.bulk_create(Movie(tmdb_id=number, title=f"Film {number}") for number in range(1, 1001))
    WatchlistEntry.objects.bulk_create(WatchlistEntry(user=ann, movie_id=number) for number in range(1, 1001))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE watchlists_watchlistentry")


@pytest.mark.parametrize("order", ["-added_at", "added_at", "-priority", "priority"])
def test_a_page_is_found_by_an_index_alone(ann, long_watchlist, order):
    plan = planned(in_order(WatchlistEntry.objects.filter(user=ann), order)[:21])
    assert not SCANS.search(plan), plan
    assert "watchlist_by_" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan


def test_each_film_of_a_filtered_watchlist_is_looked_up_by_its_id(ann, shelf):
    plan = planned(WatchlistEntry.objects.filter(user=ann, movie__runtime__lte=100).order_by("-added_at", "-pk")[:21])
    assert "SCAN catalog_movie" not in plan
    assert "Seq Scan on catalog_movie" not in plan
    assert Movie.objects.count() == 3
