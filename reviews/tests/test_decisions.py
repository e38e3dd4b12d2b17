"""What moderators decide takes hold at once, is told to its author, and can be undone as if it had not been."""

from datetime import timedelta

import pytest
from celery import current_app
from django.core import mail
from django.utils import timezone

from accounts.models import User
from accounts.tests.calls import call, sign_in
from accounts.tests.members import make_member
from notifications.models import Notification
from reviews import moderation
from reviews.models import Decision, Report
from reviews.moderation import Refused, standing
from reviews.services import rate_movie
from reviews.tests.moderating import Kind, decided, make_comment, make_moderator, make_review, reported, status_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
WEEK = timedelta(days=7)


@pytest.fixture
def mod(db):
    return make_moderator()


@pytest.fixture
def worker():
    """Mail is sent at once."""
    conf = current_app.conf
    eager, conf.task_always_eager = conf.task_always_eager, True
    yield
    conf.task_always_eager = eager


@pytest.fixture
def review(ann):
    return make_review(ann)


@pytest.mark.parametrize(
    ("kind", "status"), [(Kind.HIDE, "hidden"), (Kind.REMOVE, "removed"), (Kind.WARN, "published")]
)
def test_it_takes_hold_and_is_undone(review, mod, kind, status):
    case = reported(review)
    decision = decided(case, kind, mod)
    case.refresh_from_db()
    assert (status_of(review), case.closed_at is None, case.report_count) == (status, False, 0)
    assert Report.objects.get().outcome == "upheld"
    moderation.undo(decision=decision, by=mod)
    case.refresh_from_db()
    assert (status_of(review), case.closed_at, case.report_count) == ("published", None, 1)
    assert Report.objects.get().outcome == "open"


def test_what_is_dismissed_stays_and_its_author_hears_nothing(review, mod, ann):
    decided(reported(review), Kind.DISMISS, mod)
    assert status_of(review) == "published"
    assert Report.objects.get().outcome == "dismissed"
    assert not Notification.objects.filter(recipient=ann).exists()


def test_the_author_is_told_why_and_not_by_whom(review, mod, ann):
    decided(reported(review), Kind.HIDE, mod, reason="It tells how it ends.")
    told = call("get", "notifications", access=sign_in("ann")["access"]).json()["results"][0]
    assert told["text"] == "What you wrote about Heat (1995) was hidden: It tells how it ends."
    assert told["url"].startswith("/appeals/")
    assert mod.username not in str(told)


def test_a_comment_that_is_hidden_is_not_counted(review, mod, bob):
    comment = make_comment(bob, review)
    decision = decided(reported(comment), Kind.HIDE, mod)
    review.refresh_from_db()
    assert (status_of(comment), review.comment_count) == ("hidden", 0)
    moderation.undo(decision=decision, by=mod)
    review.refresh_from_db()
    assert (status_of(comment), review.comment_count) == ("published", 1)


def test_one_who_is_suspended_neither_writes_nor_counts_until_it_is_over(review, mod, ann):
    rate_movie(user=ann, movie=review.movie, value=9)
    decision = decided(reported(review), Kind.SUSPEND, mod, until=timezone.now() + WEEK)
    review.movie.refresh_from_db()
    assert (review.movie.rating_total, review.movie.rating_count) == (0, 0)
    body, access = {"body": "More."}, sign_in("ann")["access"]
    refused = call("patch", f"reviews/{review.pk}", body, access=access)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (403, "suspended")
    Decision.objects.filter(pk=decision.pk).update(until=timezone.now())
    User.objects.filter(pk=ann.pk).update(suspended_until=timezone.now())
    assert standing.settle(timezone.now()) == 1
    review.movie.refresh_from_db()
    assert (review.movie.rating_total, review.movie.rating_count) == (9, 1)
    assert call("patch", f"reviews/{review.pk}", body, access=access).status_code == 200
    assert standing.settle(timezone.now()) == 0


def test_one_who_is_banned_is_out_at_once_and_gets_a_letter(review, mod, ann, worker):
    rate_movie(user=ann, movie=review.movie, value=9)
    access = sign_in("ann")["access"]
    decision = moderation.decide(
        case=reported(review), verdict=moderation.Verdict(Kind.BAN, "Enough."), by=mod, origin="https://films.example/"
    )
    assert call("get", "users/profile", access=access).status_code == 401
    review.movie.refresh_from_db()
    assert review.movie.rating_count == 0
    assert "https://films.example/appeals/" in mail.outbox[-1].body
    moderation.undo(decision=decision, by=mod)
    review.movie.refresh_from_db()
    assert review.movie.rating_count == 1
    assert call("get", "users/profile", access=access).status_code == 401, "that session is over"
    assert sign_in("ann")["access"]


def test_of_two_suspensions_the_longer_stands_when_the_other_is_undone(review, mod, ann):
    now = timezone.now()
    case = reported(review)
    short = decided(case, Kind.SUSPEND, mod, until=now + WEEK)
    long = decided(case, Kind.SUSPEND, mod, until=now + 2 * WEEK)
    moderation.undo(decision=short, by=mod)
    assert User.objects.get(pk=ann.pk).suspended_until == now + 2 * WEEK
    moderation.undo(decision=long, by=mod)
    assert User.objects.get(pk=ann.pk).suspended_until is None


def test_undone_twice_is_undone_once(review, mod, staff):
    decision = decided(reported(review), Kind.HIDE, mod)
    first = moderation.undo(decision=decision, by=mod)
    again = moderation.undo(decision=decision, by=staff)
    assert (again.undone_by_id, again.undone_at) == (mod.pk, first.undone_at)


def test_what_was_deleted_can_be_dismissed_and_not_hidden(review, mod):
    case = reported(review)
    review.delete()
    with pytest.raises(Refused, match="deleted"):
        decided(case, Kind.HIDE, mod)
    assert decided(case, Kind.WARN, mod).case.body == "Again and again."


def test_nobody_is_suspended_by_themselves_nor_staff_by_a_moderator(mod, staff):
    with pytest.raises(Refused):
        decided(reported(make_review(mod)), Kind.BAN, mod)
    with pytest.raises(Refused):
        decided(reported(make_review(staff)), Kind.WARN, mod)
    other = make_moderator("other")
    assert decided(reported(make_review(other)), Kind.WARN, staff)


@pytest.mark.parametrize("until", [None, timezone.now() - WEEK])
def test_a_suspension_needs_a_time_to_come(review, mod, until):
    with pytest.raises(Refused):
        decided(reported(review), Kind.SUSPEND, mod, until=until)


def test_one_shut_out_by_hand_is_counted_out_by_the_round_and_not_let_in_by_it(ann):
    movie = make_review(ann).movie
    rate_movie(user=ann, movie=movie, value=9)
    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert [standing.settle(timezone.now()) for _ in range(2)] == [1, 0]
    movie.refresh_from_db()
    assert movie.rating_count == 0
    User.objects.filter(pk=ann.pk).update(is_active=True)
    assert [standing.settle(timezone.now()) for _ in range(2)] == [1, 0]
    movie.refresh_from_db()
    assert movie.rating_count == 1
    assert make_member().is_active
