"""A text that comes to be seen, or ceases to be: what counts it and who is told of it follow."""

import pytest
from django.utils import timezone

from reviews.discussion import like_review, write_comment
from reviews.models import Comment, Review, Status
from reviews.services import write_review
from reviews.standing import set_status
from reviews.tests.calls import API, REVIEWS, assert_counts_are_right, authors, caller

pytestmark = pytest.mark.django_db
HIDDEN = (Status.HELD, Status.HIDDEN, Status.REMOVED)


@pytest.mark.parametrize("status", HIDDEN)
def test_a_review_that_is_taken_out_of_sight_comes_back_as_it_was(ann, bob, review, status):
    like_review(review=review, user=bob)
    write_comment(review=review, author=bob, body="So it is.")
    before = Review.objects.values().get()
    set_status(review, status)
    assert authors(caller(bob).get(REVIEWS)) == []
    assert authors(caller(ann).get(f"{API}/users/reviews")) == ["ann"]
    set_status(review, Status.PUBLISHED)
    assert Review.objects.values().get() == before
    assert authors(caller(bob).get(REVIEWS)) == ["ann"]
    assert_counts_are_right()


def test_what_never_was_published_is_so_from_the_moment_that_it_is_shown(ann, heat):
    draft = write_review(author=ann, movie=heat, body="x", status=Status.DRAFT)
    assert draft.published_at is None
    before = timezone.now()
    set_status(draft, Status.PUBLISHED)
    assert Review.objects.get().published_at >= before
    assert draft.published_at == Review.objects.get().published_at


def test_whoever_is_mentioned_in_what_was_held_is_told_once_it_is_shown(ann, bob, heat):
    review = write_review(author=ann, movie=heat, body="@bob", status=Status.DRAFT)
    Review.objects.update(status=Status.HELD, published_at=timezone.now())
    assert not bob.notifications.exists()
    for status in Status.PUBLISHED, Status.HIDDEN, Status.PUBLISHED:
        set_status(review, status)
    assert bob.notifications.count() == 1


def test_whose_review_it_is_hears_of_a_held_comment_once_it_is_shown(ann, bob, review):
    comment = Comment.objects.create(review=review, author=bob, body="x", status=Status.HELD)
    assert not ann.notifications.exists()
    set_status(comment, Status.PUBLISHED)
    assert ann.notifications.get().kind == "comment"
    assert_counts_are_right()


@pytest.mark.parametrize("first", [Status.PUBLISHED, *HIDDEN])
@pytest.mark.parametrize("then", [Status.PUBLISHED, *HIDDEN])
def test_a_comment_is_counted_while_it_is_published_and_twice_is_once(bob, review, first, then):
    comment = write_comment(review=review, author=bob, body="x")
    for status in first, first, then, then:
        set_status(comment, status)
        assert_counts_are_right()
    assert Comment.objects.get().status == then
