"""Likes and comments, and who is told of what."""

import pytest

from accounts.models import Block, Mute, User
from accounts.tests.members import make_member
from notifications.models import Notification
from notifications.wording import text_of, url_of
from reviews.models import Comment, Like, Review, Status
from reviews.services import edit_review, write_review
from reviews.standing import set_status
from reviews.tests.calls import API, assert_counts_are_right, caller, code, faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def like(review):
    return f"{API}/reviews/{review.pk}/like"


@pytest.fixture
def comments(review):
    return f"{API}/reviews/{review.pk}/comments"


def told(member: User) -> list[str]:
    return [text_of(one) for one in Notification.objects.addressed_to(member)]


def test_a_review_is_liked_once_and_the_like_is_taken_back_once(ann, bob, review, like):
    for _ in range(2):
        assert caller(bob).put(like).status_code == 204
    body = caller(bob).get(f"{API}/reviews/{review.pk}").json()
    assert (body["liked"], body["like_count"]) == (True, 1)
    assert caller(ann).get(f"{API}/reviews/{review.pk}").json()["liked"] is False
    for _ in range(2):
        assert caller(bob).delete(like).status_code == 204
    assert Review.objects.get().like_count == 0
    assert not Like.objects.exists()


def test_ones_own_review_is_not_to_be_liked(ann, like):
    assert faults(caller(ann).put(like)) == [(None, "yourself")]
    assert caller().put(like).status_code == 401


def test_a_review_that_is_hidden_is_liked_no_more_and_a_like_can_be_taken_back(bob, review, like):
    caller(bob).put(like)
    set_status(review, Status.HIDDEN)
    assert caller(bob).put(like).status_code == 404
    assert caller(bob).delete(like).status_code == 204
    assert caller(bob).delete(like).status_code == 404
    assert_counts_are_right()


def test_comments_are_one_level_deep(ann, bob, comments):
    asked = caller(bob).post(comments, {"body": "*Why?*"}).json()
    later = caller(bob).post(comments, {"body": "And how?"}).json()
    answer = caller(ann).post(comments, {"body": "So.", "parent_id": asked["id"]}).json()
    assert (asked["html"], asked["parent_id"], answer["parent_id"]) == ("<p><em>Why?</em></p>\n", None, asked["id"])
    assert faults(caller(bob).post(comments, {"body": "x", "parent_id": answer["id"]})) == [("parent_id", "too_deep")]
    listed = caller(bob).get(comments).json()["results"]
    assert [row["id"] for row in listed] == [asked["id"], answer["id"], later["id"]], "an answer follows its comment"
    first = caller(bob).get(f"{comments}?page_size=1").json()
    assert caller(bob).get(first["next"]).json()["results"][0]["id"] == answer["id"]
    assert Review.objects.get().comment_count == 3


@pytest.mark.parametrize(
    ("body", "attr"),
    [
        *(({"body": body}, "body") for body in ("", " ", None, 5, "x" * 2_001, "a\x00", "a" + "\u0301" * 100_000)),
        *(({"body": "x", "parent_id": value}, "parent_id") for value in (0, -1, "1", 1.5, True, 10**30, 12345)),
        ({}, "body"),
    ],
)
def test_what_is_no_comment_is_refused_by_its_name(bob, comments, body, attr):
    assert faults(caller(bob).post(comments, body))[0][0] == attr
    assert not Comment.objects.exists()


def test_a_comment_of_another_review_is_not_answered_here(bob, ann, comments, heat):
    other = Comment.objects.create(review=write_review(author=bob, movie=heat, body="x"), author=bob, body="x")
    assert faults(caller(ann).post(comments, {"body": "x", "parent_id": other.pk})) == [
        ("parent_id", "no_such_comment")
    ]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.HELD, Status.HIDDEN, Status.REMOVED])
def test_what_is_not_published_is_not_commented_on(ann, bob, review, comments, status):
    asked = Comment.objects.create(review=review, author=bob, body="Why?")
    Review.objects.update(status=status)
    for member in ann, bob:
        for body in {"body": "x"}, {"body": "x", "parent_id": asked.pk}:
            assert caller(member).post(comments, body).status_code == 404
    assert Comment.objects.count() == 1


def test_a_comment_is_changed_and_taken_away_by_its_author_alone(ann, bob, comments):
    made = caller(bob).post(comments, {"body": "x"}).json()
    where = f"{API}/comments/{made['id']}"
    assert code(caller(ann).patch(where, {"body": "y"})) == (403, "not_yours")
    assert code(caller(ann).delete(where)) == (403, "not_yours")
    assert faults(caller(bob).patch(where, {"body": ""}))[0][0] == "body"
    assert caller(bob).patch(where, {}).json() == made
    changed = caller(bob).patch(where, {"body": "<b>y</b>"}).json()
    assert (changed["html"], bool(changed["edited_at"])) == ("<p>&lt;b&gt;y&lt;/b&gt;</p>\n", True)
    answer = caller(ann).post(comments, {"body": "z", "parent_id": made["id"]}).json()
    assert caller(bob).delete(where).status_code == 204
    assert caller(bob).delete(where).status_code == 404
    assert [row["id"] for row in caller(bob).get(comments).json()["results"]] == [answer["id"]]
    assert_counts_are_right()


def test_a_comment_that_is_held_or_hidden_is_not_counted_and_its_authors_to_see(links_wait, ann, bob, comments):
    held = caller(bob).post(comments, {"body": "www.shop.example"}).json()
    assert held["status"] == "held"
    assert caller(ann).get(comments).json()["results"] == []
    assert len(caller(bob).get(comments).json()["results"]) == 1
    assert_counts_are_right()
    comment = Comment.objects.get()
    for status in Status.PUBLISHED, Status.PUBLISHED, Status.HIDDEN, Status.REMOVED, Status.PUBLISHED, Status.REMOVED:
        set_status(comment, status)
        assert_counts_are_right()
    where = f"{API}/comments/{comment.pk}"
    assert code(caller(bob).patch(where, {"body": "y"})) == (409, "decided")
    assert code(caller(bob).delete(where)) == (409, "decided")


def test_a_link_put_into_a_comment_has_it_wait(links_wait, bob, comments):
    made = caller(bob).post(comments, {"body": "x"}).json()
    assert caller(bob).patch(f"{API}/comments/{made['id']}", {"body": "http://x.example"}).json()["status"] == "held"
    assert_counts_are_right()


def test_whose_review_it_is_is_told_once(ann, bob, review, like, comments):
    for _ in range(2):
        caller(bob).put(like)
        caller(bob).delete(like)
    made = caller(bob).post(comments, {"body": "@ann so it is"}).json()
    caller(bob).patch(f"{API}/comments/{made['id']}", {"body": "@ann so it was"})
    assert told(ann) == ["bob commented on your review of Heat.", "bob likes your review of Heat."]
    last = Notification.objects.addressed_to(ann).first()
    assert url_of(last) == f"/reviews/{review.pk}#comment-{made['id']}"
    caller(ann).post(comments, {"body": "My own."})
    assert len(told(ann)) == 2


def test_who_is_answered_and_who_is_mentioned_is_told(ann, bob, staff, comments):
    made = caller(bob).post(comments, {"body": "Why?"}).json()
    caller(staff).post(comments, {"body": "@bob @ANN @nobody @staff see", "parent_id": made["id"]})
    assert told(bob) == ["staff answered your comment on a review of Heat."]
    assert told(ann)[0] == "staff commented on your review of Heat."
    assert told(staff) == []


def test_a_mention_in_a_review_is_told_when_it_is_there_to_be_read(ann, bob, heat):
    draft = write_review(author=ann, movie=heat, body="@bob, `@staff`!", status=Status.DRAFT)
    assert told(bob) == []
    edit_review(draft, status=Status.PUBLISHED)
    edit_review(draft, body="@bob again")
    assert told(bob) == ["ann mentioned you in what they wrote about Heat."]


def test_nobody_is_told_of_what_they_may_not_read_or_of_whom_they_would_rather_not_hear(ann, bob, staff, heat):
    eve = make_member("eve")
    Block.objects.create(blocker=bob, blocked=ann)
    Mute.objects.create(muter=staff, muted=ann)
    write_review(author=ann, movie=heat, body="@bob @staff @eve @ann")
    assert (told(bob), told(staff), told(ann)) == ([], [], [])
    assert len(told(eve)) == 1
    User.objects.filter(pk=bob.pk).update(reviews_privacy="private")
    write_review(author=bob, movie=heat, body="@eve")
    assert len(told(eve)) == 1


def test_a_text_full_of_names_tells_the_first_ten(ann, heat):
    members = [make_member() for _ in range(15)]
    write_review(author=ann, movie=heat, body=" ".join(f"@{member.username}" for member in members))
    assert Notification.objects.count() == 10


def test_who_is_blocked_neither_likes_nor_comments_nor_answers(ann, bob, review, like, comments):
    asked = Comment.objects.create(review=review, author=bob, body="Why?")
    Block.objects.create(blocker=ann, blocked=bob)
    assert caller(bob).put(like).status_code == 404
    assert caller(bob).post(comments, {"body": "x"}).status_code == 404
    assert faults(caller(ann).post(comments, {"body": "x", "parent_id": asked.pk})) == [
        ("parent_id", "no_such_comment")
    ]
