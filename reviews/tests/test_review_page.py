"""A review's own page with what is said below it: who reads what, who says what, and that all of it stays text."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts import people
from accounts.tests.members import make_member
from catalog.tests.films import make_movie
from reviews import discussion, services, standing
from reviews.discussed import COMMENTS
from reviews.models import Comment, Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_at_once")]
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> [x](javascript:alert(3))"


@pytest.fixture
def told_at_once(monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda done, **options: done())


@pytest.fixture
def film(db):
    return make_movie(949, "Heat")


@pytest.fixture
def review(ann, film):
    return services.write_review(author=ann, movie=film, body="A *slow* burn.", rating=9)


def browser(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def address(review) -> str:
    return f"/reviews/{review.pk}"


def statuses(path, *users) -> list[int]:
    return [browser(user).get(path).status_code for user in users]


def say(user, review, body="Well said.", **more):
    return browser(user).post(f"{address(review)}/comments", {"body": body} | more)


def test_everyone_reads_what_is_published(review, bob):
    for viewer in (None, bob):
        page = browser(viewer).get(address(review)).text
        assert "A <em>slow</em> burn." in page
        assert "9<span" in page
    assert "Sign in to comment" in browser().get(address(review)).text
    assert statuses("/reviews/999", bob) == [404]


@pytest.mark.parametrize("status", ["draft", "held", "hidden", "removed"])
def test_what_is_not_published_its_author_alone_reads(review, ann, bob, status):
    type(review).objects.update(status=status)
    assert statuses(address(review), ann, bob, None) == [200, 404, 404]
    assert "notice" in browser(ann).get(address(review)).text
    assert say(bob, review).status_code == 404
    assert say(ann, review).status_code == 404


def test_privacy_and_blocks_hold_for_the_page_and_what_is_below_it(review, ann, bob):
    cam = make_member("cam")
    said = discussion.write_comment(review=review, author=cam, body="Cam was here.")
    people.block(blocker=bob, blocked=cam)
    assert "Cam was here" not in browser(bob).get(address(review)).text
    assert browser(bob).get(f"/comments/{said.pk}").status_code == 404
    people.block(blocker=ann, blocked=bob)
    assert statuses(address(review), bob) == [404]
    ann.reviews_privacy = "followers"
    ann.save()
    assert statuses(address(review), None, cam) == [404, 404]
    people.follow(follower=cam, followed=ann)
    assert statuses(address(review), cam) == [200]


def test_one_comments_and_answers_one_level_deep(review, bob, ann):
    first = say(bob, review)
    comment = Comment.objects.get()
    assert first["Location"] == f"{address(review)}#comment-{comment.pk}"
    say(ann, review, "Thank you.", parent_id=comment.pk)
    answer = Comment.objects.get(parent=comment)
    page = browser(bob).get(address(review)).text
    assert page.index("Well said.") < page.index("Thank you.")
    assert page.count("comment answer") == 1
    deeper = say(bob, review, "Deeper", parent_id=answer.pk)
    assert deeper.status_code == 400
    assert "answer the comment that began" in deeper.text


@pytest.mark.parametrize(
    "body", ["", "   ", "\x00", "x" * 2001, "x" * 5000, "e" + "\u0301" * 50_000, "\u200b", "a\x07b"]
)
def test_what_cannot_be_said_is_told_beside_the_field(review, bob, body):
    page = say(bob, review, body)
    assert page.status_code == 400
    assert page.context["form"].errors.keys() == {"body"}
    assert not Comment.objects.exists()


@pytest.mark.parametrize("parent", ["x", "0", "-1", "999999", "9" * 30])
def test_an_answer_to_nothing_is_refused(review, bob, parent):
    assert say(bob, review, parent_id=parent).status_code == 400
    assert not Comment.objects.exists()


def test_one_edits_and_deletes_ones_own_alone(review, bob, ann):
    say(bob, review)
    path = f"/comments/{Comment.objects.get().pk}"
    assert browser(ann).get(path).status_code == 403
    assert browser(ann).post(f"{path}/remove").status_code == 403
    assert browser().get(path).status_code == 302
    own = browser(bob)
    assert own.post(path, {"body": " "}).status_code == 400
    own.post(path, {"body": "Better said."})
    assert "Better said." in browser().get(address(review)).text
    assert own.post(f"{path}/remove")["Location"] == address(review)
    assert own.post(f"{path}/remove").status_code == 404


def test_what_a_moderator_decided_its_author_does_not_undo(review, bob):
    say(bob, review)
    standing.set_status(Comment.objects.get(), Status.REMOVED)
    path, own = f"/comments/{Comment.objects.get().pk}", browser(bob)
    page = own.post(path, {"body": "Again."})
    assert (page.status_code, "moderator has decided" in page.text) == (400, True)
    assert "moderator has decided" in own.post(f"{path}/remove", follow=True).text
    assert Comment.objects.count() == 1


def test_who_is_suspended_says_nothing_and_loses_nothing_typed(review, bob):
    bob.suspended_until = timezone.now() + timezone.timedelta(days=1)
    bob.save()
    page = say(bob, review, "My long thoughts.")
    assert page.status_code == 403
    assert "My long thoughts." in page.text
    assert "You may not write here until" in page.text


def test_whatever_is_written_nothing_of_it_runs(review, bob, ann, film):
    say(bob, review, SCRIPT)
    ann.display_name = bob.display_name = film.title = SCRIPT[:60]
    for changed in (ann, bob, film):
        changed.save()
    services.edit_review(review, body=SCRIPT)
    comment = Comment.objects.get()
    for client, path in (
        (browser(bob), address(review)),
        (browser(), address(review)),
        (browser(bob), f"/comments/{comment.pk}"),
    ):
        page = client.get(path).text
        assert "alert(1)" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page


def test_forms_are_refused_without_their_token(review, ann):
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(ann)
    said = discussion.write_comment(review=review, author=ann, body="Mine.")
    for path in (f"{address(review)}/comments", f"/comments/{said.pk}", f"/comments/{said.pk}/remove"):
        assert guarded.post(path, {"body": "x"}).status_code == 403


def test_a_long_discussion_costs_no_more_queries(review, bob, ann, django_assert_max_num_queries):
    rows = [Comment(review=review, author=make_member(), body="x", html="<p>x</p>") for _ in range(COMMENTS + 5)]
    Comment.objects.bulk_create(rows)
    client = browser(bob)
    client.get(address(review))
    with django_assert_max_num_queries(9):
        page = client.get(address(review))
    assert len(page.context["comments"]) == COMMENTS
    further = client.get(address(review), {"cursor": page.context["page"].further})
    assert len(further.context["comments"]) == 5
