"""The ranked lists: popular, trending, top rated, in cinemas now and soon."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from catalog.models import ChartEntry
from catalog.tests.films import fault, ids, make_movie

pytestmark = pytest.mark.django_db


def days(number: int) -> date:
    return timezone.now().date() + timedelta(days=number)


def test_popular_is_by_popularity(api):
    make_movie(1, "Little known", popularity=1)
    make_movie(2, "Well known", popularity=90)
    make_movie(3, "Known", popularity=5)
    assert ids(api.get("/api/v1/movies/popular")) == [2, 3, 1]


def test_top_rated_leaves_out_what_nobody_voted_for(api):
    make_movie(1, "Good", weighted_rating=8.1)
    make_movie(2, "Better", weighted_rating=8.4)
    make_movie(3, "Unseen", weighted_rating=6.5, tmdb_vote_count=0)
    assert ids(api.get("/api/v1/movies/top-rated")) == [2, 1]


def test_trending_is_tmdbs_chart_without_what_is_not_listed(api):
    films = [make_movie(number, f"Film {number}") for number in range(1, 5)]
    films[2].gone_at = timezone.now()
    films[2].save()
    for position, film in enumerate([films[3], films[2], films[0]]):
        ChartEntry.objects.create(chart="trending", position=position, movie=film)
    assert ids(api.get("/api/v1/movies/trending")) == [4, 1]


def test_trending_is_by_popularity_before_a_chart_was_fetched(api):
    make_movie(1, "Low", popularity=1)
    make_movie(2, "High", popularity=2)
    assert ids(api.get("/api/v1/movies/trending")) == [2, 1]


def test_cinemas_are_the_regions(api):
    old = make_movie(1, "Old at home, new in France", released_on=days(-300))
    old.release_dates.create(region="FR", kind=3, released_on=days(-3))
    make_movie(2, "New, of unknown dates abroad", released_on=days(-10))
    make_movie(3, "Over", released_on=days(-90))
    late = make_movie(4, "Out at home, soon in France", released_on=days(-5))
    late.release_dates.create(region="FR", kind=2, released_on=days(20))
    on_disc = make_movie(5, "On disc in France", released_on=days(-400))
    on_disc.release_dates.create(region="FR", kind=5, released_on=days(-1))
    assert ids(api.get("/api/v1/movies/now-playing?region=FR")) == [1, 2]
    assert ids(api.get("/api/v1/movies/now-playing?region=US")) == [2, 4]
    assert ids(api.get("/api/v1/movies/upcoming?region=FR")) == [4]


def test_upcoming_has_the_next_first(api):
    make_movie(1, "In a month", released_on=days(30), popularity=99)
    make_movie(2, "Tomorrow", released_on=days(1))
    make_movie(3, "Today", released_on=days(0))
    make_movie(4, "In years", released_on=days(900))
    assert ids(api.get("/api/v1/movies/upcoming")) == [2, 1]


def test_a_second_release_does_not_double_a_film(api):
    film = make_movie(1, "Twice", released_on=days(-4))
    film.release_dates.create(region="US", kind=2, released_on=days(-4))
    film.release_dates.create(region="US", kind=3, released_on=days(-2))
    assert ids(api.get("/api/v1/movies/now-playing")) == [1]


@pytest.mark.parametrize("name", ["now-playing", "upcoming"])
def test_a_bad_region_is_named(api, name):
    assert fault(api.get(f"/api/v1/movies/{name}?region=Wonderland"))[::2] == (400, "region")


@pytest.mark.parametrize("name", ["popular", "trending", "top-rated", "now-playing", "upcoming"])
def test_a_ranked_list_costs_four_queries_at_most(api, name, django_assert_max_num_queries):
    for number in range(1, 31):
        film = make_movie(number, f"Film {number}", released_on=days(-1 if name == "now-playing" else 5))
        ChartEntry.objects.create(chart="trending", position=number, movie=film)
    with django_assert_max_num_queries(4):
        assert len(ids(api.get(f"/api/v1/movies/{name}?page_size=100"))) == 30
