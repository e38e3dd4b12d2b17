"""The start page: the feed of who is signed in, and what this site is for who is not."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts import people
from activity.tests.rows import LONG_AGO, NOON, film, follow, love, make_list, put, rate, review, watch
from activity.views.feed import SHOWN
from watchlists.models import List

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def browser(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def followed(ann, bob):
    follow(ann, bob)
    return bob


def test_a_stranger_sees_what_this_site_is(db):
    assert "Your films, on your own marquee" in browser().get("/").text


def test_who_follows_nobody_is_told_what_to_do(ann):
    page = browser(ann).get("/").text
    assert "Follow members whose taste you like" in page
    assert "/accounts/people/following/" in page


def test_each_kind_of_act_is_told(ann, followed):
    heat, other = film(949, title="Heat"), film(950, title="Ronin")
    rate(followed, heat, 9)
    watch(followed, other)
    love(followed, heat)
    review(followed, other, "Loud & long.")
    make_list(followed)
    older = make_list(followed, created_at=LONG_AGO)
    put(older, heat)
    put(older, other)
    page = browser(ann).get("/").text
    for told in ("rated", "saw", "loves", "reviewed Ronin", "Loud &amp; long.", "made the list", "put 2 films into"):
        assert told in page, told
    assert 'href="/movies/949-heat"' in page


def test_what_is_written_stays_text_and_what_tells_all_is_not_told(ann, followed):
    followed.display_name = SCRIPT
    followed.save()
    review(followed, film(949, title=SCRIPT), "He dies.", contains_spoilers=True)
    List.objects.filter(pk=make_list(followed).pk).update(name=SCRIPT)
    page = browser(ann).get("/").text
    assert "&lt;script&gt;alert(1)" in page
    assert SCRIPT not in page
    assert "He dies." not in page
    assert "It tells what happens." in page


def test_what_becomes_private_is_gone(ann, followed):
    rate(followed, film(949, title="Heat"))
    assert "Heat" in browser(ann).get("/").text
    followed.reviews_privacy = "private"
    followed.save()
    assert "Heat" not in browser(ann).get("/").text
    followed.reviews_privacy = "public"
    followed.save()
    people.block(blocker=followed, blocked=ann)
    assert "Heat" not in browser(ann).get("/").text


def test_older_acts_are_a_page_further(ann, followed, django_assert_max_num_queries):
    for number in range(SHOWN + 5):
        review(followed, film(title=f"Film {number}"), published_at=NOON - timedelta(days=number))
    client = browser(ann)
    client.get("/")
    with django_assert_max_num_queries(14):
        first = client.get("/")
    assert first.text.count('class="item"') == SHOWN
    second = client.get("/", {"cursor": first.context["older"]})
    assert second.text.count('class="item"') == 5
    assert second.context["older"] is None
    assert client.get("/", {"cursor": "x"}).status_code == 400
