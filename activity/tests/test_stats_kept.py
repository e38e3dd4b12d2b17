"""Numbers that are kept, and to whom they are told."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from accounts.tests.members import API, LEVELS, VIEWERS, caller, make_member, make_viewer
from accounts.tests.test_visibility import MAY_SEE
from activity.stats import stats_of
from activity.stats.streaks import streaks
from activity.tests.rows import film, rate, watch
from activity.tests.test_stats import stats
from catalog.tests.films import fault, make_movie
from conftest import forget_rows
from reviews.models import Rating
from watchlists.models import Viewing

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
WARM = 5


def test_who_has_written_nothing_has_nothing_and_no_fault(ann):
    found = stats(ann)
    assert (found["films"], found["viewings"], found["minutes"], found["by_year"]) == (0, 0, 0, [])
    assert len(found["by_month"]) == 12
    assert found["streaks"] == {"days": None, "weeks": None, "current_days": 0}
    community = {"compared": 0, "mean_difference": None, "overrated": [], "underrated": []}
    assert found["ratings"]["average"] is None
    assert found["ratings"]["community"] == community


def test_the_number_of_queries_is_the_same_for_one_viewing_and_for_fifty(ann, bob, django_assert_num_queries):
    for user, number in ((ann, 1), (bob, 50)):
        for _ in range(number):
            movie = film(tmdb_vote_count=900, tmdb_vote_average=5.0)
            watch(user, movie)
            watch(user, movie)
            rate(user, movie)
        with django_assert_num_queries(11):
            assert stats(user)["films"] == number
        with django_assert_num_queries(WARM):
            assert stats(user)["films"] == number


def change(name: str):
    def write(user: User, movie, viewing: Viewing, rating: Rating) -> None:
        if name == "another viewing":
            watch(user, movie)
        elif name == "a viewing taken out":
            viewing.delete()
        elif name == "a viewing of another day":
            on = viewing.watched_on - timedelta(days=1)
            Viewing.objects.filter(pk=viewing.pk).update(watched_on=on, sorted_on=on, changed_at=timezone.now())
        elif name == "a rating":
            rate(user, film())
        elif name == "another rating":
            Rating.objects.filter(pk=rating.pk).update(value=1, rated_at=timezone.now())
        elif name == "no rating":
            rating.delete()

    return pytest.param(write, id=name)


CHANGES = (
    "another viewing",
    "a viewing taken out",
    "a viewing of another day",
    "a rating",
    "another rating",
    "no rating",
)


@pytest.mark.parametrize("write", list(map(change, CHANGES)))
def test_what_changes_counts_at_once(ann, write):
    movie = film()
    viewing, rating = watch(ann, movie), rate(ann, movie)
    before = stats(ann)
    assert stats(ann) == before
    write(ann, movie, viewing, rating)
    after = stats(ann)
    assert after != before
    forget_rows()
    assert stats(ann) == after


def test_a_film_that_was_merged_counts_as_the_one_it_has_become(ann):
    old, new = make_movie(1, "Old", runtime=100), make_movie(2, "New", runtime=120)
    watch(ann, old)
    assert stats(ann)["minutes"] == 100
    Viewing.objects.filter(movie=old).update(movie=new)
    assert stats(ann)["minutes"] == 120


def test_without_a_cache_the_numbers_are_counted_anew(ann, monkeypatch):
    watch(ann, film())
    monkeypatch.setattr(cache, "get", lambda *args: None)
    monkeypatch.setattr(cache, "set", lambda *args: False)
    assert stats(ann)["viewings"] == 1
    watch(ann, film())
    assert stats(ann)["viewings"] == 2


@pytest.mark.parametrize("year", ["x", "0", "-1", "1869", "2201", "20260", "2026.5", "1e3", "2026-01"])
def test_bad_years_are_refused_by_name(ann, year):
    for path in ("users/stats", "profiles/ann/stats"):
        status, _, attr = fault(caller(ann).get(f"{API}/{path}", {"year": year}))
        assert (status, attr) == (400, "year")


def test_ones_own_numbers_need_one_to_be_known(api):
    assert api.get(f"{API}/users/stats").status_code == 401
    assert api.get(f"{API}/profiles/nobody/stats").status_code == 404


@pytest.mark.parametrize("viewer", VIEWERS)
def test_numbers_are_for_those_who_see_the_diary_and_ratings_for_those_who_see_the_reviews(viewer):
    for profile, history, reviews in product(LEVELS, LEVELS, LEVELS):
        columns = {"profile_privacy": profile, "history_privacy": history, "reviews_privacy": reviews}
        owner = make_member(**columns)
        response = caller(make_viewer(viewer, owner)).get(f"{API}/profiles/{owner.username}/stats")
        is_open = viewer in MAY_SEE[profile] & MAY_SEE[history]
        assert response.status_code == (200 if is_open else 404), columns
        if is_open:
            assert (response.json()["ratings"] is not None) is (viewer in MAY_SEE[reviews]), columns


def days(*offsets: int) -> list[date]:
    return [TODAY - timedelta(days=offset) for offset in offsets]


@pytest.mark.parametrize(
    ("offsets", "longest", "current"),
    [
        ((), None, 0),
        ((0,), 1, 1),
        ((0, 0, 0), 1, 1),
        ((1,), 1, 1),
        ((2,), 1, 0),
        ((0, 1, 2, 4, 5), 3, 3),
        ((0, 3, 4, 5, 6), 4, 1),
        ((1, 2, 9), 2, 2),
        ((3, 4, 400, 401, 402, 403), 4, 0),
    ],
)
def test_a_streak_is_of_days_one_after_another(offsets, longest, current):
    found = streaks(days(*offsets), TODAY)
    assert (found["days"] and found["days"]["length"]) == longest
    assert found["current_days"] == current


def test_a_streak_of_weeks_needs_one_film_in_each():
    found = streaks(days(0, 6, 13, 20, 40), TODAY)["weeks"]
    assert (found["length"], found["begins_on"].isoweekday(), found["ends_on"].isoweekday()) == (4, 1, 7)
    assert found["ends_on"] == date(2026, 11, 29)
    assert streaks([date(1, 1, 1), date(9999, 12, 31)], TODAY)["days"]["length"] == 1


def test_what_is_kept_is_of_that_day(ann):
    watch(ann, film(), TODAY)
    assert stats_of(ann, None, TODAY)["streaks"]["current_days"] == 1
    assert stats_of(ann, None, TODAY + timedelta(days=3))["streaks"]["current_days"] == 0
