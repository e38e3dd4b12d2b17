"""What is typed into a review or a comment is text, wherever it comes out."""

import json

import pytest

from accounts.models import User
from reviews.models import Comment, Review
from reviews.tests.calls import API, REVIEWS, caller
from reviews.tests.test_texts import Elements

pytestmark = pytest.mark.django_db
EVIL = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](http://a.example/\"onmouseover='alert(1)')",
    "</textarea><script>alert(1)</script>",
    "{{ 7 * 7 }} {% debug %} ${7*7}",
    "'; DROP TABLE reviews_review; --",
    "%s %(body)s {0} {username}",
    "\u202egnp.exe",
    "@<b>bob</b> >!<script>!<",
    "]]>&lt;script&gt;",
]
SAFE_TAGS = {"p", "a", "span", "br", "em", "strong", "code", "blockquote"}
SAFE_ATTRIBUTES = {"href", "title", "class", "rel"}


def assert_harmless(html: str) -> None:
    found = Elements()
    found.feed(html)
    assert found.tags <= SAFE_TAGS
    assert found.attributes <= SAFE_ATTRIBUTES


@pytest.mark.parametrize("text", EVIL)
def test_a_review_and_a_comment_keep_it_and_show_it_harmless(ann, staff, heat, text):
    body = caller(staff).post(REVIEWS, {"body": text}).json()
    assert body["body"] == text
    assert_harmless(body["html"])
    said = caller(staff).post(f"{API}/reviews/{body['id']}/comments", {"body": text}).json()
    assert said["body"] == text
    assert_harmless(said["html"])
    for url in REVIEWS, f"{API}/reviews/{body['id']}", f"{API}/reviews/{body['id']}/comments":
        response = caller(ann).get(url)
        assert response.headers["Content-Type"].startswith("application/json")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert text in (json.dumps(response.json(), ensure_ascii=False).encode().decode(), *_bodies(response.json()))


def _bodies(body: dict) -> list[str]:
    rows = body.get("results", [body])
    return [row["body"] for row in rows]


@pytest.mark.parametrize("text", EVIL)
def test_a_name_that_is_evil_is_told_as_it_is(ann, bob, review, text):
    User.objects.filter(pk=bob.pk).update(display_name=text[:60])
    caller(bob).put(f"{API}/reviews/{review.pk}/like")
    (told,) = caller(ann).get(f"{API}/notifications").json()["results"]
    assert told["text"] == "bob likes your review of Heat."
    caller(bob).post(f"{API}/reviews/{review.pk}/comments", {"body": "x"})
    (row,) = caller(ann).get(f"{API}/reviews/{review.pk}/comments").json()["results"]
    assert row["author"]["display_name"] == text[:60]


@pytest.mark.parametrize("title", ["{username} %s", "<b>Heat</b>", "{0.__class__}", "}{"])
def test_a_title_that_looks_like_a_pattern_is_told_as_it_is(ann, bob, heat, review, title):
    type(heat).objects.filter(pk=heat.pk).update(title=title)
    caller(bob).put(f"{API}/reviews/{review.pk}/like")
    (told,) = caller(ann).get(f"{API}/notifications").json()["results"]
    assert told["text"] == f"bob likes your review of {title}."


def test_what_is_sent_is_json_and_nothing_else(ann, heat):
    for content, kind in (("body=x", "application/x-www-form-urlencoded"), ("<body>x</body>", "application/xml")):
        assert caller(ann).post(REVIEWS, content, content_type=kind).status_code == 415
    for content in ("{", '{"body": "x"', '{"body": "\\ud800"}', "nonsense", '{"body": NaN}'):
        assert caller(ann).post(REVIEWS, content, content_type="application/json").status_code == 400
    assert not Review.objects.exists()
    assert not Comment.objects.exists()
