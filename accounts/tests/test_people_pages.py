"""One's people and one's data as pages, without a script."""

import io
import zipfile

import pytest
from django.test import Client

from accounts import people
from accounts.models import Block, Follow, Mute
from accounts.people_pages import SHOWN
from accounts.tests.members import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]


@pytest.fixture
def browser(ann):
    signed_in = Client()
    signed_in.force_login(ann)
    return signed_in


def shown(browser, room, **query) -> str:
    page = browser.get(f"/accounts/people/{room}/", query)
    assert page.status_code == 200
    return page.content.decode()


def do(browser, deed, username, room="followers") -> str:
    page = browser.post(f"/accounts/people/do/{deed}/", {"username": username, "room": room}, follow=True)
    assert page.status_code == 200
    return page.content.decode()


def test_one_follows_by_name_and_ends_it(browser, ann, bob):
    assert "@bob" in do(browser, "follow", " @Bob ", "following")
    assert Follow.objects.get().followed == bob
    assert "@bob" not in do(browser, "unfollow", "bob", "following").partition("<form method")[0]
    assert not Follow.objects.exists()


def test_who_asks_is_accepted_or_refused_and_removed(browser, ann):
    one, other = make_member("eve"), make_member("kim")
    for asking in (one, other):
        Follow.objects.create(follower=asking, followed=ann, is_accepted=False)
    assert {"@eve", "@kim"} <= set(shown(browser, "requests").replace("<", " ").replace(">", " ").split())
    do(browser, "accept", "eve", "requests")
    do(browser, "refuse", "kim", "requests")
    assert list(Follow.objects.values_list("follower__username", "is_accepted")) == [("eve", True)]
    assert "@eve" in shown(browser, "followers")
    assert "@eve" not in do(browser, "remove", "eve")


def test_one_mutes_and_blocks_and_undoes_it(browser, ann, bob):
    people.follow(follower=ann, followed=bob)
    do(browser, "mute", "bob", "following")
    assert Mute.objects.get().muted == bob
    do(browser, "unmute", "bob", "muted")
    people.follow(follower=bob, followed=ann)
    do(browser, "block", "bob")
    assert (Block.objects.get().blocked, Follow.objects.count(), Mute.objects.count()) == (bob, 0, 0)
    assert "@bob" in shown(browser, "blocked")
    do(browser, "unblock", "bob", "blocked")
    assert not Block.objects.exists()


def test_of_one_who_is_blocked_no_more_than_the_name_is_shown(browser, ann):
    eve = make_member("eve", display_name="Eve Adams", avatar="eve", profile_privacy="private")
    people.block(blocker=ann, blocked=eve)
    page = shown(browser, "blocked")
    assert "@eve" in page
    assert "Eve Adams" not in page
    assert "/pictures/" not in page


@pytest.mark.parametrize("deed", ["follow", "mute", "accept", "unfollow", "block"])
@pytest.mark.parametrize("username", ["nobody", "", "secret", "ann' OR 1=1", "x" * 5000])
def test_who_is_not_there_or_hidden_is_told_alike_and_nothing_changes(browser, ann, deed, username):
    make_member("secret", profile_privacy="private")
    assert "There is nobody of that name" in do(browser, deed, username)
    assert not any(ties.objects.exists() for ties in (Follow, Mute, Block))


def test_oneself_one_does_not_follow(browser):
    assert "This is you" in do(browser, "follow", "ann")


def test_unknown_rooms_and_deeds_are_not_there(browser):
    assert browser.get("/accounts/people/enemies/").status_code == 404
    assert browser.post("/accounts/people/do/hug/", {"username": "bob"}).status_code == 404
    assert browser.get("/accounts/people/do/follow/").status_code == 405
    assert browser.get("/accounts/people/followers/", {"cursor": "x"})["Location"] == "/accounts/people/followers/"
    answer = browser.post("/accounts/people/do/follow/", {"username": "ann", "room": "//evil.example"})
    assert answer["Location"] == "/accounts/people/following/"


def test_long_lists_come_in_pages_at_the_cost_of_few_queries(browser, ann, django_assert_max_num_queries):
    for number in range(SHOWN + 3):
        people.follow(follower=make_member(f"u{number}"), followed=ann)
    with django_assert_max_num_queries(6):
        first = shown(browser, "followers")
    assert first.count("@u") == SHOWN
    cursor = first.partition("?cursor=")[2].partition('"')[0]
    rest = browser.get(f"/accounts/people/followers/?cursor={cursor}").content.decode()
    assert rest.count("@u") == 3
    assert "?cursor=" not in rest


def test_an_archive_is_asked_for_and_taken_by_its_owner_alone(browser, ann, bob):
    page = browser.post("/accounts/export/", follow=True).content.decode()
    assert "Download" in page
    path = f"/accounts/export/{ann.exports.get().pk}/archive/"
    held = browser.get(path)
    assert held["Cache-Control"] == "no-store"
    assert "data.json" in zipfile.ZipFile(io.BytesIO(held.content)).namelist()
    stranger = Client()
    assert stranger.get(path).status_code == 302
    stranger.force_login(bob)
    assert stranger.get(path).status_code == 404
