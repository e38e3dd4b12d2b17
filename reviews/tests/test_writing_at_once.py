"""The same review, and many likes and comments, at the same moment."""

import pytest
from django.utils import timezone

from accounts import erasing
from accounts.models import User
from notifications.models import Notification
from reviews.discussion import delete_comment, like_review, unlike_review, write_comment
from reviews.faults import AlreadyReviewed
from reviews.models import Comment, Like, Review
from reviews.services import write_review
from reviews.tests.calls import REVIEWS, assert_counts_are_right, assert_scores_are_right, at_once, caller, make_members

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_review_twice_at_once_is_one_and_a_conflict(ann, heat):
    statuses = []

    def post(rating: int) -> None:
        statuses.append(caller(ann).post(REVIEWS, {"body": "Steel.", "rating": rating}).status_code)

    assert not at_once(4, post, [1, 2, 3, 4])
    assert sorted(statuses) == [201, 409, 409, 409]
    assert Review.objects.count() == 1
    assert_scores_are_right()


def test_the_work_itself_writes_one(ann, heat):
    faults = at_once(4, lambda body: write_review(author=ann, movie=heat, body=body), list("abcd"))
    assert [type(fault) for fault in faults] == [AlreadyReviewed] * 3
    assert Review.objects.count() == 1


def test_likes_at_once_are_all_counted_and_told_once(review):
    members = make_members(24)
    assert not at_once(8, lambda member: like_review(review=review, user=member), members * 2)
    assert Review.objects.get().like_count == Like.objects.count() == 24
    assert Notification.objects.count() == 24
    assert not at_once(8, lambda member: unlike_review(review=review, user=member), members[:10] * 2)
    assert Review.objects.get().like_count == 14
    assert_counts_are_right()


def test_comments_written_and_taken_away_at_once_are_counted(review):
    members = make_members(8)

    def act(task: int) -> None:
        comment = write_comment(review=review, author=members[task % 8], body=f"{task}")
        if task % 3 == 0:
            delete_comment(comment)

    assert not at_once(8, act, list(range(40)))
    assert Review.objects.get().comment_count == Comment.objects.count() == 26
    assert_counts_are_right()


def test_who_is_erased_while_others_like_and_comment_leaves_counts_right(review, heat):
    members = make_members(12)
    for member in members:
        like_review(review=review, user=member)
    User.objects.filter(pk__in=[member.pk for member in members[:6]]).update(erased_from=timezone.now())

    def act(task: int) -> None:
        if task < 6:
            erasing.erase(members[task].pk, timezone.now())
        else:
            write_comment(review=review, author=members[task % 6 + 6], body="x")
            unlike_review(review=review, user=members[task % 6 + 6])

    assert not at_once(6, act, list(range(24)))
    assert User.objects.filter(pk__in=[member.pk for member in members]).count() == 6
    assert_counts_are_right()
