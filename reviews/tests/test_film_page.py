"""The doors of a film's page to ratings, reviews and likes, without a browser."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from catalog.tests.films import make_heat
from reviews import services
from reviews.models import Like, Rating, Review, Status
from reviews.tests.film_pages import BY_SCRIPT, EVIL, HEAT, send, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("joined_long_ago")]


@pytest.fixture
def heat():
    return make_heat()


def test_a_film_is_rated_anew_and_the_rating_taken_back(heat, mine, ann):
    for value in ("7", "8", "8"):
        page = mine.post("/movies/949/rating", {"value": value}, follow=True)
        assert page.redirect_chain == [(HEAT, 302)]
        assert f"{value}/10" in page.text
    assert Rating.objects.get(user=ann).value == 8
    for _ in range(2):
        send(mine, "rating", {"value": ""})
        assert not Rating.objects.exists()


@pytest.mark.parametrize("value", ["0", "11", "7.5", "-1", "eight", "٣", "1e1", " 8", "9" * 99, EVIL])
@pytest.mark.parametrize("headers", [{}, BY_SCRIPT], ids=["plain", "script"])
def test_what_is_no_rating_is_a_400_and_told(heat, mine, value, headers):
    response = send(mine, "rating", {"value": value}, **headers)
    assert response.status_code == 400
    assert "whole number from 1 to 10" in response.text
    assert not Rating.objects.exists()


def test_a_rating_of_nothing_at_all_is_a_400(heat, mine):
    assert send(mine, "rating", {}).status_code == 400


@pytest.mark.parametrize("name", ["rating", "review", "review/remove"])
def test_a_stranger_is_led_to_sign_in(heat, name):
    assert send(Client(), name, {"value": "8", "body": "x"})["Location"].startswith("/accounts/login/?next=")
    assert send(Client(), name, {}, **BY_SCRIPT)["HX-Redirect"].startswith("/accounts/login/?next=")
    assert Client().get(f"/movies/949/{name}").status_code == 405
    assert not Rating.objects.exists()


@pytest.mark.parametrize(
    "path", ["/movies/949/rating", "/movies/949/review", "/movies/949/review/remove", "/reviews/1/like"]
)
def test_a_form_of_another_site_is_refused(heat, ann, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    assert client.post(path, {"value": "8", "body": "x", "on": "yes"}).status_code == 403


def test_a_review_is_written_changed_and_deleted(heat, mine, ann):
    send(mine, "review", {"body": "It *hums*."})
    assert "<em>hums</em>" in shown()
    send(mine, "review", {"body": "It hums no more.", "contains_spoilers": "on"})
    held = Review.objects.get(author=ann)
    assert (held.body, held.contains_spoilers, held.status) == ("It hums no more.", True, Status.PUBLISHED)
    assert held.revisions.get().body == "It *hums*."
    for _ in range(2):
        assert send(mine, "review/remove", {}).status_code == 302
        assert not Review.objects.exists()


def test_a_draft_is_for_its_author_and_is_published_later(heat, mine):
    send(mine, "review", {"body": "Half a thought", "draft": "yes"})
    assert "Half a thought" not in shown()
    assert "Half a thought" in shown(mine)
    send(mine, "review", {"body": "A thought"})
    assert "A thought" in shown()


def test_what_is_published_does_not_become_a_draft(heat, mine):
    send(mine, "review", {"body": "Said."})
    send(mine, "review", {"body": "Said again.", "draft": "yes"})
    assert Review.objects.get().status == Status.PUBLISHED


@pytest.mark.parametrize("body", ["", "   ", "x" * 10_001, "x" * 30_000, "a" + "\u0301" * 50_000, "a\x00b", "bell\x07"])
@pytest.mark.parametrize("headers", [{}, BY_SCRIPT], ids=["plain", "script"])
def test_what_cannot_be_said_is_told_beside_its_field(heat, mine, body, headers):
    response = send(mine, "review", {"body": body}, **headers)
    assert response.status_code == 400
    assert 'id="review_body_error"' in response.text
    assert not Review.objects.exists()


def test_what_waits_or_was_taken_away_says_so_to_its_author_alone(heat, mine, ann):
    review = services.write_review(author=ann, movie=heat, body="Buy now.")
    for status, words in ((Status.HELD, "waits for a moderator"), (Status.HIDDEN, "has taken it away")):
        Review.objects.filter(pk=review.pk).update(status=status)
        assert words in shown(mine)
        assert "Buy now." not in shown()
    assert send(mine, "review/remove", {}).status_code == 403
    Review.objects.filter(pk=review.pk).update(status=Status.REMOVED)
    assert send(mine, "review", {"body": "Again."}).status_code == 403
    assert Review.objects.get().body == "Buy now."


def test_who_is_suspended_is_told_and_says_nothing(heat, mine, ann):
    User.objects.filter(pk=ann.pk).update(suspended_until=timezone.now() + timedelta(days=1))
    response = send(mine, "review", {"body": "Spam."})
    assert response.status_code == 403
    assert "You may not write here until" in response.text
    assert not Review.objects.exists()


def test_a_review_is_liked_and_not_any_more_and_twice_is_once(heat, mine, ann, bob):
    review = services.write_review(author=bob, movie=heat, body="Words.")
    path = f"/reviews/{review.pk}/like"
    for _ in range(2):
        assert mine.post(path, {"on": "yes"})["Location"] == f"{HEAT}#review-{review.pk}"
        assert Like.objects.count() == 1
    part = mine.post(path, {"on": "no"}, headers=BY_SCRIPT)
    assert "<html" not in part.text
    assert 'aria-pressed="false"' in part.text
    assert not Like.objects.exists()
    assert mine.post(path, {"on": "perhaps"}).status_code == 400
    assert Client().post(path, {"on": "yes"})["Location"].startswith("/accounts/login/?next=")


def test_ones_own_review_is_not_to_be_liked(heat, mine, ann):
    review = services.write_review(author=ann, movie=heat, body="Mine.")
    assert "This review is yours" in mine.post(f"/reviews/{review.pk}/like", {"on": "yes"}, follow=True).text
    assert not Like.objects.exists()
    assert f"/reviews/{review.pk}/like" not in shown(mine)
