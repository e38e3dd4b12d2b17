"""Members report what they can see, once; nobody reports what is their own."""

import pytest
from django.test import Client

from accounts import people
from catalog.tests.films import make_movie
from reviews import discussion, services
from reviews.models import Report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def told_at_once(monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda done, **options: done())


@pytest.fixture
def review(ann):
    return services.write_review(author=ann, movie=make_movie(949, "Heat"), body="<script>alert(1)</script>")


@pytest.fixture
def comment(review, ann):
    return discussion.write_comment(review=review, author=ann, body="Mine too.")


def browser(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def test_a_review_and_a_comment_are_reported_once(review, comment, bob):
    client = browser(bob)
    for path in (f"/reviews/{review.pk}/report", f"/comments/{comment.pk}/report"):
        assert client.get(path).status_code == 200
        body = {"reason": "spoiler", "note": "The third line."}
        assert client.post(path, body)["Location"] == f"/reviews/{review.pk}"
        assert "reported this before" in client.post(path, body | {"reason": "spam"}, follow=True).text
    assert list(Report.objects.values_list("reason", "note")) == [("spoiler", "The third line.")] * 2


@pytest.mark.parametrize("bad", [{"reason": ""}, {"reason": "dull"}, {"note": "x" * 1001}, {"note": "\x00"}])
def test_what_cannot_be_told_is_said_beside_its_field(review, bob, bad):
    page = browser(bob).post(f"/reviews/{review.pk}/report", {"reason": "spam", "note": "kept"} | bad)
    assert page.status_code == 400
    assert "note" in bad or "kept" in page.text
    assert not Report.objects.exists()


def test_what_is_ones_own_or_not_to_be_seen_is_not_reported(review, comment, ann, bob):
    paths = (f"/reviews/{review.pk}/report", f"/comments/{comment.pk}/report")
    assert [browser(ann).post(path, {"reason": "spam"}).status_code for path in paths] == [403, 403]
    assert [browser().get(path).status_code for path in paths] == [302, 302]
    people.block(blocker=ann, blocked=bob)
    assert [browser(bob).post(path, {"reason": "spam"}).status_code for path in paths] == [404, 404]
    assert not Report.objects.exists()


def test_what_tells_the_end_stays_folded_while_it_is_reported(review, bob):
    services.edit_review(review, body="He >!dies!<.")
    page = browser(bob).get(f"/reviews/{review.pk}/report").text
    assert '<span class="spoiler">dies</span>' in page
    assert ">!dies" not in page


def test_what_is_reported_stays_text(review, bob):
    page = browser(bob).get(f"/reviews/{review.pk}/report").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
