"""What the database itself refuses, whoever writes."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.models import Movie
from reviews.models import Comment, Like, Rating, Review, Score, Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def heat():
    return Movie.objects.create(pk=949, title="Heat")


@pytest.fixture
def review(ann, heat):
    return Review.objects.create(author=ann, movie=heat, body="Steel.", published_at=timezone.now())


def is_refused(make) -> bool:
    try:
        with transaction.atomic():
            make()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("value", [0, 11])
def test_a_rating_is_from_one_to_ten(ann, heat, value):
    assert is_refused(lambda: Rating.objects.create(user=ann, movie=heat, value=value))


def test_a_member_rates_a_film_once(ann, bob, heat):
    Rating.objects.create(user=ann, movie=heat, value=7)
    assert is_refused(lambda: Rating.objects.create(user=ann, movie=heat, value=8))
    Rating.objects.create(user=bob, movie=heat, value=8)


def test_a_member_reviews_a_film_once(ann, review, heat):
    assert is_refused(lambda: Review.objects.create(author=ann, movie=heat, body="Again.", status=Status.DRAFT))


def test_what_is_published_was_published_at_some_moment(bob, heat):
    assert is_refused(lambda: Review.objects.create(author=bob, movie=heat, body="When?"))


def test_a_member_likes_a_review_once(bob, review):
    Like.objects.create(review=review, user=bob)
    assert is_refused(lambda: Like.objects.create(review=review, user=bob))


def test_a_comment_is_no_draft(bob, review):
    assert is_refused(lambda: Comment.objects.create(review=review, author=bob, body="x", status=Status.DRAFT))


def test_an_answer_outlives_what_it_answers(ann, bob, review):
    asked = Comment.objects.create(review=review, author=ann, body="Why?")
    answer = Comment.objects.create(review=review, author=bob, body="So.", parent=asked)
    asked.delete()
    answer.refresh_from_db()
    assert answer.parent is None


def test_a_film_has_one_score(heat):
    Score.objects.create(movie=heat, n7=2)
    assert is_refused(lambda: Score.objects.bulk_create([Score(movie=heat)]))
    assert Score.objects.get().distribution == dict.fromkeys(range(1, 11), 0) | {7: 2}
