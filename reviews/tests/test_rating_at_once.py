"""Ratings given at the same moment: the score is exact, and nobody waits in a circle."""

import pytest
from django.utils import timezone

from catalog.models import Movie
from catalog.sync.merging import merge
from catalog.tests.films import make_movie, make_movies
from reviews import scores
from reviews.models import Rating, Score
from reviews.services import rate_movie, unrate_movie
from reviews.tests.calls import assert_scores_are_right, at_once, make_members
from tests.environment import ON_SERVICES

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 8
# The whole of a popular evening. SQLite has one writer: many take minutes there, and show nothing more.
MANY = 10_000 if ON_SERVICES else 100


@pytest.mark.slow
def test_thousands_rate_a_film_at_once_and_the_total_is_exact(heat):
    members = make_members(MANY)
    assert not at_once(WORKERS, lambda member: rate_movie(user=member, movie=heat, value=member.pk % 10 + 1), members)
    movie = Movie.objects.get(pk=949)
    assert (movie.rating_count, movie.holder_count) == (MANY, MANY)
    assert movie.rating_total == sum(member.pk % 10 + 1 for member in members)
    assert set(Score.objects.get().distribution.values()) == {MANY // 10}


def test_one_member_who_rates_many_times_at_once_has_one_rating(ann, heat):
    assert not at_once(WORKERS, lambda value: rate_movie(user=ann, movie=heat, value=value), [*range(1, 11)] * 4)
    assert Rating.objects.count() == 1
    assert_scores_are_right()


def test_rating_and_taking_back_at_once_leave_the_score_right(heat):
    members = make_members(20)

    def act(task: int) -> None:
        if task % 3:
            rate_movie(user=members[task % 20], movie=heat, value=task % 10 + 1)
        else:
            unrate_movie(user=members[task % 20], movie=heat)

    assert not at_once(WORKERS, act, list(range(80)))
    assert_scores_are_right()
    assert Movie.objects.get(pk=949).holder_count == Rating.objects.count()


def test_counting_out_while_others_rate_leaves_every_score_right():
    films = make_movies(range(1, 9))
    members = make_members(6)

    def act(task: int) -> None:
        member = members[task % 6]
        if task % 7 == 0:
            scores.count_out(member)
        elif task % 7 == 1:
            scores.count_in(member)
        else:
            rate_movie(user=member, movie=films[task % 8], value=task % 10 + 1)

    assert not at_once(WORKERS, act, list(range(105)))
    assert_scores_are_right()


def test_a_film_merged_while_it_is_rated_loses_no_rating(heat):
    old = make_movie(5, "Heat, once more")
    members = make_members(60)

    def act(task: object) -> None:
        if task is None:
            merge(5, 949, timezone.now())
        else:
            rate_movie(user=task, movie=old, value=7)

    assert not at_once(WORKERS, act, [*members[:40], None, *members[40:]])
    assert Rating.objects.filter(movie=949).count() == 60
    assert_scores_are_right()
    assert Movie.objects.get(pk=949).holder_count == 60
