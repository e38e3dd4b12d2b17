"""A member as others see them, and the lists of who follows whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import people
from accounts.models import Block, Follow, Mute, User
from accounts.profiles import followers_of, following_of
from accounts.tests.members import API, SCANS, befriend, caller, follow, make_member, names, planned

pytestmark = pytest.mark.django_db
LISTS = ("followers", "following", "friends")
NONE = dict.fromkeys(("following", "requested", "followed_by", "friend", "muted", "blocked"), False)


def make_crowd(owner: User, number: int) -> list[User]:
    """Friends of the owner, each an hour older than the one before."""
    crowd = [make_member() for _ in range(number)]
    for hours, member in enumerate(crowd):
        moment = timezone.now() - timedelta(hours=hours)
        for one, other in ((member, owner), (owner, member)):
            Follow.objects.create(follower=one, followed=other, created_at=moment)
    return crowd


def test_a_profile_tells_what_its_owner_says_of_themselves(api, django_assert_num_queries):
    member = make_member("eve", display_name="Eve", bio="Mostly noir.", avatar="eve")
    follow(make_member(), member)
    with django_assert_num_queries(1):
        body = api.get(f"{API}/profiles/Eve").json()
    assert body.pop("joined_at")[-1] == "Z"
    assert body == {
        "username": "eve",
        "display_name": "Eve",
        "bio": "Mostly noir.",
        "avatar": body["avatar"],
        "is_private": False,
        "follower_count": 1,
        "following_count": 0,
        "relation": None,
    }
    assert body["avatar"].startswith("http://testserver/")
    assert body["avatar"].endswith("/pictures/eve.webp")


def test_nothing_of_the_account_itself_is_told(api, ann):
    text = api.get(f"{API}/profiles/ann").content.decode()
    assert "example.org" not in text
    assert "password" not in text


def test_a_name_from_before_names_were_of_latin_letters_is_still_found(api):
    make_member("Zoë@home")
    assert api.get(f"{API}/profiles/zoë@home").status_code == 200


def test_what_the_two_are_to_each_other_is_told(ann, bob, django_assert_num_queries):
    def told(viewer, username):
        return caller(viewer).get(f"{API}/profiles/{username}").json()["relation"]

    assert told(ann, "bob") == NONE
    assert told(ann, "ann") is None
    Follow.objects.create(follower=ann, followed=bob)
    assert told(ann, "bob") == NONE | {"following": True}
    assert told(bob, "ann") == NONE | {"followed_by": True}
    Follow.objects.create(follower=bob, followed=ann, is_accepted=False)
    assert told(ann, "bob") == NONE | {"following": True}
    assert told(bob, "ann") == NONE | {"followed_by": True, "requested": True}
    Follow.objects.update(is_accepted=True)
    Mute.objects.create(muter=bob, muted=ann)
    friends = NONE | {"following": True, "followed_by": True, "friend": True}
    with django_assert_num_queries(1):
        assert told(ann, "bob") == friends
    assert told(bob, "ann") == friends | {"muted": True}
    people.block(blocker=bob, blocked=ann)
    assert told(bob, "ann") == NONE | {"muted": True, "blocked": True}


def test_one_who_leaves_still_sees_themselves(ann):
    User.objects.filter(pk=ann.pk).update(erased_from=timezone.now())
    assert caller(ann).get(f"{API}/profiles/ann").status_code == 200
    assert caller(make_member()).get(f"{API}/profiles/ann").status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_a_list_goes_by_cursor_the_newest_first(ann, name):
    crowd = [member.username for member in make_crowd(ann, 7)]
    url, pages = f"{API}/profiles/ann/{name}?page_size=3", []
    while url:
        response = caller().get(url)
        pages.append(names(response))
        url = response.json()["next"]
    assert pages == [crowd[:3], crowd[3:6], crowd[6:]]
    back = caller().get(response.json()["previous"])
    assert names(back) == crowd[3:6]


def test_those_who_came_at_the_same_moment_are_all_there(ann):
    make_crowd(ann, 9)
    Follow.objects.update(created_at=timezone.now())
    first = caller().get(f"{API}/profiles/ann/followers?page_size=5")
    second = caller().get(first.json()["next"])
    assert len({*names(first), *names(second)}) == 9


@pytest.mark.parametrize("name", LISTS)
def test_a_longer_list_costs_no_more_queries(ann, bob, name, django_assert_num_queries):
    for number in 1, 50:
        make_crowd(ann, number)
        with django_assert_num_queries(2):
            assert caller(bob).get(f"{API}/profiles/ann/{name}?page_size=100").status_code == 200


@pytest.mark.parametrize("route", ["blocks", "mutes", "follow-requests"])
def test_nor_do_ones_own_lists(ann, route, django_assert_num_queries):
    for number in 1, 50:
        for _ in range(number):
            member = make_member()
            Block.objects.create(blocker=ann, blocked=member)
            Mute.objects.create(muter=ann, muted=member)
            asking = make_member()
            Follow.objects.create(follower=asking, followed=ann, is_accepted=False)
            Mute.objects.create(muter=ann, muted=asking)
        with django_assert_num_queries(1):
            assert caller(ann).get(f"{API}/users/{route}?page_size=100").json()["results"]


def test_friends_are_those_who_follow_each_other(ann, bob):
    eve, zed = make_member("eve"), make_member("zed")
    befriend(ann, bob)
    Follow.objects.create(follower=ann, followed=eve)
    Follow.objects.create(follower=zed, followed=ann)
    waiting = make_member()
    Follow.objects.create(follower=ann, followed=waiting)
    Follow.objects.create(follower=waiting, followed=ann, is_accepted=False)
    assert names(caller().get(f"{API}/profiles/ann/friends")) == ["bob"]
    assert names(caller().get(f"{API}/profiles/ann/followers")) == ["zed", "bob"]
    assert names(caller().get(f"{API}/profiles/ann/following")) == [waiting.username, "eve", "bob"]


def test_a_list_names_nobody_who_is_hidden_from_the_one_who_reads_it(ann, bob):
    hidden = {
        "private": make_member(profile_privacy="private"),
        "leaving": make_member(erased_from=timezone.now()),
        "inactive": make_member(is_active=False),
        "blocks": make_member(),
        "blocked": make_member(),
    }
    for member in (*hidden.values(), make_member("seen", profile_privacy="followers")):
        befriend(ann, member)
    Block.objects.create(blocker=hidden["blocks"], blocked=bob)
    Block.objects.create(blocker=bob, blocked=hidden["blocked"])
    for name in LISTS:
        assert names(caller(bob).get(f"{API}/profiles/ann/{name}")) == ["seen"]
        assert len(names(caller(ann).get(f"{API}/profiles/ann/{name}"))) == 4
        assert len(names(caller().get(f"{API}/profiles/ann/{name}"))) == 3


def test_one_reads_what_one_is_to_each_in_a_list(ann, bob):
    eve = make_member("eve")
    befriend(ann, eve)
    befriend(ann, bob)
    befriend(bob, eve)
    rows = caller(bob).get(f"{API}/profiles/ann/followers").json()["results"]
    told = {row["username"]: row["relation"] for row in rows}
    assert told == {"eve": NONE | {"following": True, "followed_by": True, "friend": True}, "bob": None}


@pytest.mark.parametrize("query", ["cursor=x", "page_size=0", "page_size=101", "page_size=x", "cursor=%20"])
def test_a_bad_place_in_a_list_is_told(ann, query):
    for path in ("profiles/ann/followers", "users/blocks"):
        response = caller(ann).get(f"{API}/{path}?{query}")
        assert response.status_code == 400
        assert response.json()["errors"][0]["attr"] == query.partition("=")[0]


def test_a_page_far_down_a_long_list_is_found_through_an_index(ann, bob):
    make_crowd(ann, 3)
    for rows in (followers_of(ann, bob), following_of(ann, bob)):
        plan = planned(rows[:20])
        assert not SCANS.search(plan), plan
        assert "follow_by_follow" in plan
