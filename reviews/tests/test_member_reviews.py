"""All that a member says of films: as a page and as a feed, and no more than the reader may see."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from accounts import people
from catalog.tests.films import make_movie
from reviews import services
from reviews.models import Rating, Review
from reviews.views.members import RATINGS, REVIEWS

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
PAGES = ["/members/ann/reviews", "/members/ann/reviews?show=ratings", "/members/ann/reviews.atom"]


@pytest.fixture(autouse=True)
def told_at_once(monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda done, **options: done())


@pytest.fixture
def review(ann):
    return services.write_review(author=ann, movie=make_movie(949, "Heat"), body="A *slow* burn.", rating=9)


def browser(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def entries(client=None) -> list[ElementTree.Element]:
    page = (client or browser()).get("/members/ann/reviews.atom")
    assert page.status_code == 200
    return list(ElementTree.fromstring(page.content).iter(f"{ATOM}entry"))


@pytest.mark.parametrize("path", PAGES)
def test_what_is_private_is_not_there(review, ann, bob, path):
    assert [browser(user).get(path).status_code for user in (None, bob)] == [200, 200]
    ann.reviews_privacy = "followers"
    ann.save()
    assert [browser(user).get(path).status_code for user in (None, bob)] == [404, 404]
    people.follow(follower=bob, followed=ann)
    assert browser(bob).get(path).status_code == (404 if path.endswith("atom") else 200)


def test_drafts_stand_on_ones_own_page_alone(review, ann, bob):
    services.write_review(author=ann, movie=make_movie(5, "Thief"), body="Not yet.", status="draft")
    assert "Not yet." in browser(ann).get(PAGES[0]).text
    assert "Not yet." not in browser(bob).get(PAGES[0]).text
    assert len(entries(browser(ann))) == 1


def test_a_feed_tells_of_reviews_and_folds_what_tells_what_happens(review, ann):
    (entry,) = entries()
    assert entry.findtext(f"{ATOM}title") == "Heat (1995) · 9/10"
    assert "<em>slow</em>" in entry.findtext(f"{ATOM}summary")
    assert entry.find(f"{ATOM}link").get("href").endswith(f"/reviews/{review.pk}")
    for changes in ({"contains_spoilers": True}, {"contains_spoilers": False, "body": "He >!dies!<."}):
        services.edit_review(review, **changes)
        told = entries()[0].findtext(f"{ATOM}summary")
        assert "Read it on the site" in told
        assert "dies" not in told


def test_whatever_is_written_nothing_of_it_runs(review, ann):
    services.edit_review(review, body="<script>alert(1)</script> & <b>bold</b>")
    told = entries()[0].findtext(f"{ATOM}summary")
    assert "<script" not in told
    assert "&lt;script&gt;" in told
    assert "<script>alert" not in browser().get(PAGES[0]).text


def test_ratings_are_shown_with_what_was_given(review, bob):
    page = browser(bob).get(PAGES[1]).text
    assert "Heat" in page
    assert "9<span" in page
    assert browser(bob).get("/members/ann/reviews?show=likes").status_code == 404


def test_longer_ones_cost_no_more_queries(ann, bob, review, django_assert_max_num_queries):
    for number in range(RATINGS + 5):
        film = make_movie(1000 + number, f"Film {number}")
        Rating.objects.create(user=ann, movie=film, value=5)
        Review.objects.create(author=ann, movie=film, body="x", html="x", published_at=review.published_at)
    client = browser(bob)
    client.get(PAGES[0])
    for path, name, size in zip(PAGES, ("reviews", "ratings"), (REVIEWS, RATINGS), strict=False):
        with django_assert_max_num_queries(8):
            page = client.get(path)
        assert len(page.context[name]) == size
        assert client.get(path, {"cursor": page.context["page"].further, "show": name}).status_code == 200
