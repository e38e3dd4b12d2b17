"""A film that is merged at the very moment at which a member rates or reviews it, or takes that back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from catalog.models import Movie
from catalog.sync import merge
from catalog.tests.films import make_movie
from reviews import scores
from reviews.models import Rating, Review
from reviews.services import delete_review, edit_review, rate_movie, unrate_movie, write_review
from reviews.tests.calls import assert_scores_are_right

OLD, NEW = 5, 949
ONE_AT_A_TIME = pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one write at a time")


@pytest.fixture
def old(heat):
    return make_movie(OLD, "Heat, once more")


def merge_them():
    try:
        merge(OLD, NEW, timezone.now())
    finally:
        connection.close()


@pytest.fixture
def merged_when_read(monkeypatch):
    """Another merges the films between that the member's rating is read and that the score is locked."""
    move = scores.move

    def overtaken(*arguments, **named):
        if Movie.objects.filter(pk=OLD, merged_into=None).exists():
            with ThreadPoolExecutor(1) as pool:
                pool.submit(merge_them).result(60)
        move(*arguments, **named)

    def begin():
        monkeypatch.setattr(scores, "move", overtaken)

    return begin


def ratings():
    assert_scores_are_right()
    return list(Rating.objects.values_list("movie_id", "value"))


@ONE_AT_A_TIME
@pytest.mark.django_db(transaction=True)
class TestRatings:
    def test_a_first_one_changes_the_one_that_has_come(self, ann, heat, old, merged_when_read):
        rate_movie(user=ann, movie=old, value=3)
        merged_when_read()
        rate_movie(user=ann, movie=heat, value=8)
        assert ratings() == [(NEW, 8)]

    @pytest.mark.parametrize("film", ["heat", "old"])
    def test_another_value_is_told_from_what_the_merge_has_left(self, ann, heat, old, film, merged_when_read):
        rate_movie(user=ann, movie=heat, value=3)
        rate_movie(user=ann, movie=old, value=8)
        merged_when_read()
        rate_movie(user=ann, movie={"heat": heat, "old": old}[film], value=5)
        assert ratings() == [(NEW, 5)]

    def test_one_that_a_review_brings_along(self, ann, heat, old, merged_when_read):
        rate_movie(user=ann, movie=old, value=3)
        review = write_review(author=ann, movie=heat, body="x")
        merged_when_read()
        edit_review(review, body="y", rating=8)
        assert ratings() == [(NEW, 8)]
        assert Review.objects.get().body == "y"


@ONE_AT_A_TIME
@pytest.mark.django_db(transaction=True)
def test_an_edited_reviews_rating_that_is_taken_back_is_the_one_there_is(ann, heat, old, merged_when_read):
    rate_movie(user=ann, movie=heat, value=3)
    rate_movie(user=ann, movie=old, value=8)
    review = write_review(author=ann, movie=heat, body="x")
    merged_when_read()
    edit_review(review, rating=None)
    assert ratings() == []


@pytest.mark.django_db
class TestOfBefore:
    """What was read before the merge, and is acted on after it."""

    def test_a_review_is_edited_with_its_rating(self, ann, old):
        review = write_review(author=ann, movie=old, body="x", rating=3)
        merge(OLD, NEW, timezone.now())
        assert edit_review(review, rating=8).movie_id == NEW
        assert ratings() == [(NEW, 8)]

    def test_the_rating_of_a_review_is_taken_back(self, ann, old):
        review = write_review(author=ann, movie=old, body="x", rating=3)
        merge(OLD, NEW, timezone.now())
        edit_review(review, rating=None)
        assert ratings() == []

    def test_a_review_and_a_rating_are_taken_back(self, ann, old):
        review = write_review(author=ann, movie=old, body="x", rating=3)
        merge(OLD, NEW, timezone.now())
        unrate_movie(user=ann, movie=old)
        delete_review(review)
        assert ratings() == []
        assert not Review.objects.exists()
        assert Movie.objects.get(pk=NEW).holder_count == 0
