"""One rating of each member's for each film, and what comes of it for the film."""

import pytest
from django.core.exceptions import ValidationError

from accounts import suspension
from accounts.models import User
from catalog.models import Movie
from catalog.tests.films import make_movie
from reviews import scores
from reviews.models import Rating, Score
from reviews.services import rate_movie, unrate_movie
from reviews.tasks import rank_by_members
from reviews.tests.calls import API, RATINGS, assert_scores_are_right, caller, code, faults, make_members

pytestmark = pytest.mark.django_db


def test_a_film_that_nobody_rated_has_no_average(api, heat):
    body = api.get(RATINGS).json()
    nothing = {str(value): 0 for value in range(1, 11)}
    assert body == {"average": None, "count": 0, "weighted": None, "distribution": nothing, "mine": None}


def test_rating_again_changes_the_one_rating(ann, bob, heat):
    for value in 3, 8, 8:
        body = caller(ann).put(RATINGS, {"value": value}).json()
    assert (body["average"], body["count"], body["mine"]) == (8.0, 1, 8)
    body = caller(bob).put(RATINGS, {"value": 5}).json()
    assert (body["average"], body["count"], body["mine"]) == (6.5, 2, 5)
    assert (body["distribution"]["8"], body["distribution"]["5"], body["distribution"]["3"]) == (1, 1, 0)
    assert_scores_are_right()


def test_the_same_value_again_is_no_new_rating(ann, heat):
    first = rate_movie(user=ann, movie=heat, value=8)
    assert rate_movie(user=ann, movie=heat, value=8).rated_at == first.rated_at
    assert rate_movie(user=ann, movie=heat, value=9).rated_at > first.rated_at


def test_a_rating_is_taken_back_and_twice_is_once(ann, bob, heat):
    rate_movie(user=bob, movie=heat, value=2)
    caller(ann).put(RATINGS, {"value": 9})
    for _ in range(2):
        assert caller(ann).delete(RATINGS).status_code == 204
    assert caller(ann).get(RATINGS).json()["mine"] is None
    assert Rating.objects.count() == 1
    assert_scores_are_right()


@pytest.mark.parametrize("value", [0, 11, -1, 7.5, 8.0, "8", "", None, True, [8], {"value": 8}, 10**30])
def test_what_is_no_rating_is_refused_and_loses_nothing(ann, heat, value):
    rate_movie(user=ann, movie=heat, value=6)
    assert faults(caller(ann).put(RATINGS, {"value": value}))[0][0] == "value"
    assert Rating.objects.get().value == 6


@pytest.mark.parametrize("body", [[], "8", 8, None, {}])
def test_a_body_of_another_kind_is_refused(ann, heat, body):
    assert caller(ann).put(RATINGS, body, format="json").status_code == 400
    assert not Rating.objects.exists()


@pytest.mark.parametrize("value", [0, 11, 7.5, "8", None, True])
def test_the_work_itself_refuses_what_is_no_rating(ann, heat, value):
    with pytest.raises(ValidationError):
        rate_movie(user=ann, movie=heat, value=value)


def test_who_is_nobody_reads_and_does_not_rate(api, heat):
    assert api.get(RATINGS).status_code == 200
    assert api.put(RATINGS, {"value": 8}).status_code == 401
    assert api.delete(RATINGS).status_code == 401


@pytest.mark.parametrize("number", ["0", "77", "99999999999999999999"])
def test_a_film_that_is_not_held_has_no_ratings(ann, number):
    for method in "get", "delete":
        assert getattr(caller(ann), method)(f"{API}/movies/{number}/ratings").status_code == 404


def test_a_film_that_is_not_held_is_fetched_to_be_rated(ann, tmdb):
    assert caller(ann).put(f"{API}/movies/603/ratings", {"value": 9}).json()["average"] == 9.0
    assert Movie.objects.get(pk=603).title == "The Matrix"
    assert caller(ann).put(f"{API}/movies/99999999/ratings", {"value": 9}).status_code == 404


def test_a_film_that_has_become_another_is_rated_there(ann, heat):
    old = make_movie(5, "Heat, once more")
    Movie.objects.filter(pk=old.pk).update(merged_into=heat)
    rate_movie(user=ann, movie=old, value=7)
    assert caller(ann).get(f"{API}/movies/5/ratings").json() == caller(ann).get(RATINGS).json()
    unrate_movie(user=ann, movie=old)
    assert not Rating.objects.exists()


def test_a_member_who_rates_a_film_holds_it(ann, bob, heat):
    for member in ann, ann, bob:
        rate_movie(user=member, movie=heat, value=7)
    assert Movie.objects.get(pk=949).holder_count == 2
    unrate_movie(user=ann, movie=heat)
    assert Movie.objects.get(pk=949).holder_count == 1


def test_few_ratings_weigh_little(heat, api):
    loved = make_movie(5, "Loved by one")
    members = make_members(41)
    for member in members:
        rate_movie(user=member, movie=heat, value=8)
    rate_movie(user=members[0], movie=loved, value=10)
    assert scores.weigh_anew() == 2
    mean = (41 * 8 + 10) / 42
    weights = dict(Score.objects.values_list("pk", "weighted"))
    assert weights[949] == pytest.approx((25 * mean + 41 * 8) / 66)
    assert weights[5] == pytest.approx((25 * mean + 10) / 26)
    assert api.get(RATINGS).json()["weighted"] == round(weights[949], 3)
    assert scores.weigh_anew() == 0


def test_what_is_told_follows_at_once_and_the_rank_by_the_hour(ann, heat, api):
    assert scores.mean() == 5.5, "nobody has rated anything"
    rate_movie(user=ann, movie=heat, value=9)
    assert api.get(RATINGS).json()["weighted"] == round((25 * 5.5 + 9) / 26, 3)
    assert Score.objects.get().weighted == 0
    rank_by_members()
    assert Score.objects.get().weighted == pytest.approx(9)


def test_the_best_are_ranked_by_their_weight(api, heat):
    loved, hated, _unknown = (make_movie(pk, f"Film {pk}") for pk in (5, 6, 7))
    for member in make_members(30):
        rate_movie(user=member, movie=heat, value=8)
        rate_movie(user=member, movie=hated, value=1)
    rate_movie(user=member, movie=loved, value=10)
    scores.weigh_anew()
    rows = api.get(f"{API}/movies/top-rated/members").json()["results"]
    assert [row["id"] for row in rows] == [949, 5, 6]


def test_who_is_counted_out_counts_no_more_and_in_again(ann, bob, heat):
    other = make_movie(5, "Film 5")
    rate_movie(user=ann, movie=heat, value=10)
    rate_movie(user=ann, movie=other, value=10)
    rate_movie(user=bob, movie=heat, value=4)
    before = list(Score.objects.order_by("pk").values())
    assert [scores.count_out(ann), scores.count_out(ann)] == [2, 0]
    assert caller(bob).get(RATINGS).json()["average"] == 4.0
    assert caller(ann).get(RATINGS).json()["mine"] == 10, "it is still theirs"
    assert_scores_are_right()
    assert [scores.count_in(ann), scores.count_in(ann)] == [2, 0]
    assert list(Score.objects.order_by("pk").values()) == before
    assert_scores_are_right()


def test_who_is_suspended_rates_for_themselves_until_they_may_speak(ann, heat):
    from datetime import timedelta

    from django.utils import timezone

    suspension.suspend(ann, timezone.now() + timedelta(days=1))
    assert caller(User.objects.get(pk=ann.pk)).put(RATINGS, {"value": 9}).json()["count"] == 0
    caller(ann).put(RATINGS, {"value": 3})
    assert_scores_are_right()
    scores.count_in(ann)
    assert Movie.objects.get(pk=949).rating_total == 3
    assert_scores_are_right()


def test_a_count_that_somebody_spoilt_keeps_nobody_from_rating(ann, heat):
    rate_movie(user=ann, movie=heat, value=9)
    Movie.objects.update(rating_total=0, rating_count=0)
    Score.objects.update(n9=0)
    assert caller(ann).put(RATINGS, {"value": 2}).status_code == 200


def test_ones_ratings_are_listed_the_last_first(ann, bob, heat):
    for pk in range(1, 6):
        rate_movie(user=ann, movie=make_movie(pk, f"Film {pk}"), value=pk)
    rate_movie(user=bob, movie=heat, value=1)
    first = caller(ann).get(f"{API}/users/ratings?page_size=3").json()
    rest = caller(ann).get(first["next"]).json()
    assert [row["value"] for row in first["results"] + rest["results"]] == [5, 4, 3, 2, 1]
    assert code(caller().get(f"{API}/users/ratings")) == (401, "not_authenticated")


def test_thirty_ratings_cost_as_many_queries_as_one(ann, django_assert_num_queries):
    for count in 1, 30:
        for pk in range(1, count + 1):
            rate_movie(user=ann, movie=make_movie(pk, f"Film {pk}") if pk > 1 or count == 1 else Movie(pk=pk), value=5)
        with django_assert_num_queries(1):
            assert len(caller(ann).get(f"{API}/users/ratings?page_size=30").json()["results"]) == count


def test_rating_costs_two_rows_however_many_have_rated_it(ann, heat, django_assert_num_queries):
    for member in make_members(3):
        rate_movie(user=member, movie=heat, value=7)
    # the savepoint and its release, the member, their rating, whether they hold the film at all, two rows, the rating
    with django_assert_num_queries(8):
        rate_movie(user=ann, movie=heat, value=8)
