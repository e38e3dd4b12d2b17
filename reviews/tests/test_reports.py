"""Members report what they can see, once; cases gather what was said, the most reported first."""

import pytest

from accounts.models import Block
from accounts.tests.members import caller, make_member
from reviews.models import Case, Report
from reviews.tests.moderating import Kind, decided, make_comment, make_moderator, make_review, reported

pytestmark = pytest.mark.django_db
SPAM = {"reason": "spam", "note": "Buy this."}


def post(user, path, body=SPAM):
    return caller(user).post(f"/api/v1/{path}/report", body)


def test_once_by_each_and_again_it_is_the_same(ann, bob):
    review = make_review(ann)
    first = post(bob, f"reviews/{review.pk}")
    again = post(bob, f"reviews/{review.pk}", {"reason": "hate"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    post(make_member(), f"reviews/{review.pk}", {"reason": "spoiler"})
    assert (Report.objects.count(), Case.objects.get().report_count) == (2, 2)


def test_a_comment_likewise(ann, bob):
    comment = make_comment(bob, make_review(ann))
    assert post(ann, f"comments/{comment.pk}").status_code == 201
    assert Case.objects.get().body == "No."


@pytest.mark.parametrize(
    ("body", "attr"),
    [
        ({}, "reason"),
        ({"reason": "boredom"}, "reason"),
        ({"reason": None}, "reason"),
        ({"reason": "spam", "note": "x" * 1_001}, "note"),
        ({"reason": "spam", "note": "a\x00b"}, "note"),
        ({"reason": "spam", "note": ["x"]}, "note"),
        ({"reason": "spam", "note": 0}, "note"),
        ({"reason": "spam", "note": "a" + "\u0301" * 500}, "note"),
    ],
)
def test_nonsense_is_told_by_its_field(ann, bob, body, attr):
    answer = post(bob, f"reviews/{make_review(ann).pk}", body)
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, attr)
    assert not Case.objects.exists()


def test_not_what_one_cannot_see_nor_ones_own_nor_as_a_stranger(ann, bob):
    review = make_review(ann)
    comment = make_comment(bob, review)
    assert post(ann, f"reviews/{review.pk}").status_code == 403
    assert post(None, f"reviews/{review.pk}").status_code == 401
    assert post(bob, "reviews/99").status_code == 404
    ann.reviews_privacy = "private"
    ann.save()
    carl = make_member()
    assert post(carl, f"reviews/{review.pk}").status_code == 404
    assert post(carl, f"comments/{comment.pk}").status_code == 404
    Block.objects.create(blocker=ann, blocked=bob)
    assert post(bob, f"reviews/{review.pk}").status_code == 404


def test_who_reports_alone_cannot_open_a_closed_case_and_another_can(ann, bob):
    mod, review = make_moderator(), make_review(ann)
    decided(reported(review, bob), Kind.DISMISS, mod)
    assert post(bob, f"reviews/{review.pk}").status_code == 200
    assert not Case.objects.open().exists()
    assert post(make_member(), f"reviews/{review.pk}").status_code == 201
    assert Case.objects.open().get().report_count == 1


def test_the_most_reported_come_first_then_the_longest_waiting(ann, bob):
    few = reported(make_review(ann, 1))
    other = reported(make_review(ann, 2))
    many = reported(make_review(bob, 3), make_member(), make_member())
    closed = reported(make_review(bob, 4))
    decided(closed, Kind.DISMISS, make_moderator())
    assert list(Case.objects.most_urgent_first()) == [many, few, other, closed]


def test_a_case_outlives_what_it_is_about_and_not_its_author(ann, bob):
    review = make_review(ann, body="Buy this.")
    case = reported(review, bob)
    review.delete()
    case.refresh_from_db()
    assert (case.subject, case.body) == (None, "Buy this.")
    ann.delete()
    assert not Case.objects.exists()
