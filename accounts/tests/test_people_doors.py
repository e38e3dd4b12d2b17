"""Each door to other members: which method, at which address, for whom, gives what."""

import pytest
from django.urls import get_resolver

from accounts import people
from accounts.models import Block, Follow, Mute, User
from accounts.tests.members import API, caller, make_member, make_viewer, names

# Methods and what they answer to: nobody known, a stranger, one who is blocked, who blocks, the member themselves.
READS = {
    "profiles/{name}": (200, 200, 404, 200, 200),
    "profiles/{name}/followers": (200, 200, 404, 404, 200),
    "profiles/{name}/following": (200, 200, 404, 404, 200),
    "profiles/{name}/friends": (200, 200, 404, 404, 200),
    "profiles?search={name}": (200, 200, 200, 200, 200),
    "users/blocks": (401, 200, 200, 200, 200),
    "users/mutes": (401, 200, 200, 200, 200),
    "users/follow-requests": (401, 200, 200, 200, 200),
}
PUTS = {
    "profiles/{name}/follow": (401, 200, 404, 400, 400),
    "profiles/{name}/block": (401, 204, 204, 204, 400),
    "profiles/{name}/mute": (401, 204, 404, 204, 400),
    "users/follow-requests/{name}": (401, 404, 404, 404, 400),
}
DELETES = {
    "profiles/{name}/follow": (401, 204, 404, 204, 400),
    "profiles/{name}/block": (401, 204, 404, 204, 204),
    "profiles/{name}/mute": (401, 204, 404, 204, 204),
    "users/follow-requests/{name}": (401, 204, 404, 204, 400),
    "users/followers/{name}": (401, 204, 404, 204, 400),
}
ASKING = ("anonymous", "stranger", "blocked", "blocker", "owner")
DOORS = [
    (method, route, viewer, status)
    for method, table in (("get", READS), ("put", PUTS), ("delete", DELETES))
    for route, statuses in table.items()
    for viewer, status in zip(ASKING, statuses, strict=True)
]
pytestmark = pytest.mark.django_db


def test_every_route_has_its_row():
    mine = ("profiles", "users/blocks", "users/mutes", "users/follow")
    routes = {
        str(pattern.pattern).replace("<str:username>", "{name}")
        for resolver in get_resolver().url_patterns
        if str(resolver.pattern) == "api/v1/"
        for pattern in resolver.url_patterns
        if str(pattern.pattern).startswith(mine) and pattern.callback.cls.__module__.startswith("accounts.")
    }
    assert routes == {route.partition("?")[0] for table in (READS, PUTS, DELETES) for route in table}


@pytest.mark.parametrize(("method", "route", "viewer", "status"), DOORS)
def test_a_door_opens_to_whom_it_should(method, route, viewer, status):
    client = caller(make_viewer(viewer, make_member("owner")))
    for _ in range(2):  # and twice is once
        response = getattr(client, method)(f"{API}/{route.format(name='owner')}")
        assert response.status_code == status, response.content
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", [*READS, *PUTS, *DELETES])
def test_no_other_method_is_answered(ann, path):
    assert caller(ann).post(f"{API}/{path.format(name='ann')}", {}).status_code == 405
    assert caller(ann).patch(f"{API}/{path.format(name='ann')}", {}).status_code == 405


ODD = ["nobody", "a" * 1000, "é", "%F0%9F%8E%AC", "ann%0A", "-ann", "%27", "_", "ann%20", "%C2%AD"]


@pytest.mark.parametrize("path", sorted({*READS, *PUTS, *DELETES}))
def test_what_a_door_takes_can_be_asked(ann, path):
    assert caller(ann).options(f"{API}/{path.format(name='ann')}").status_code == 200


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize(("method", "routes"), [("get", READS), ("put", PUTS), ("delete", DELETES)])
def test_a_name_that_nobody_has_is_not_found(ann, name, method, routes):
    for route in routes:
        if "{name}" in route and "?" not in route:
            response = getattr(caller(ann), method)(f"{API}/{route.format(name=name)}")
            assert response.status_code == 404, (route, response.content)
            assert response.json()["errors"][0]["code"] == "not_found"


def test_a_null_byte_is_refused(ann):
    for name in "%00", "an%00n":
        for method in "get", "put", "delete":
            assert getattr(caller(ann), method)(f"{API}/profiles/{name}/follow").status_code == 400


@pytest.mark.parametrize(("name", "code"), [("ann", "yourself"), ("bob", "blocked")])
def test_what_cannot_be_followed_is_told(ann, bob, name, code):
    Block.objects.create(blocker=ann, blocked=bob)
    response = caller(ann).put(f"{API}/profiles/{name}/follow")
    assert response.status_code == 400
    (fault,) = response.json()["errors"]
    assert (fault["attr"], fault["code"]) == ("username", code)


def test_following_is_told_as_it_stands(ann, bob):
    follow = f"{API}/profiles/BOB/follow"
    assert caller(ann).put(follow).json() == {"following": "accepted"}
    assert caller(ann).delete(follow).status_code == 204
    User.objects.filter(pk=bob.pk).update(profile_privacy="followers")
    assert caller(ann).put(follow).json() == caller(ann).put(follow).json() == {"following": "requested"}
    assert caller(bob).put(f"{API}/users/follow-requests/ann").status_code == 204
    assert caller(ann).put(follow).json() == {"following": "accepted"}


def test_a_request_is_seen_accepted_and_refused_by_whom_it_was_made_to(ann, bob):
    eve = make_member("eve", profile_privacy="private")
    User.objects.filter(pk=ann.pk).update(profile_privacy="followers")
    for member in bob, eve:
        people.follow(follower=member, followed=ann)
    assert names(caller(ann).get(f"{API}/users/follow-requests")) == ["eve", "bob"]
    assert names(caller(bob).get(f"{API}/users/follow-requests")) == []
    assert caller(eve).put(f"{API}/users/follow-requests/bob").status_code == 404
    for _ in range(2):
        assert caller(ann).put(f"{API}/users/follow-requests/eve").status_code == 204
        assert caller(ann).delete(f"{API}/users/follow-requests/bob").status_code == 204
    assert names(caller(ann).get(f"{API}/users/follow-requests")) == []
    assert names(caller(ann).get(f"{API}/profiles/ann/followers")) == ["eve"]


def test_who_waits_follows_when_the_profile_is_made_public(ann, bob):
    User.objects.filter(pk=ann.pk).update(profile_privacy="followers")
    people.follow(follower=bob, followed=ann)
    response = caller(ann).patch(f"{API}/users/preferences", {"privacy": {"watchlist": "private"}})
    assert names(caller(ann).get(f"{API}/users/follow-requests")) == ["bob"], response.content
    caller(ann).patch(f"{API}/users/preferences", {"privacy": {"profile": "public"}})
    assert names(caller(ann).get(f"{API}/users/follow-requests")) == []
    assert caller().get(f"{API}/profiles/ann").json()["follower_count"] == 1


def test_one_is_rid_of_a_follower_also_of_one_whose_profile_is_private(ann):
    eve = make_member("eve", profile_privacy="private")
    people.follow(follower=eve, followed=ann)
    assert caller(ann).delete(f"{API}/users/followers/eve").status_code == 204
    assert not Follow.objects.exists()


def test_one_unfollows_also_whose_profile_is_private_by_now(ann, bob):
    people.follow(follower=ann, followed=bob)
    User.objects.filter(pk=bob.pk).update(profile_privacy="private")
    assert names(caller(ann).get(f"{API}/profiles/ann/following")) == ["bob"]
    assert caller(ann).put(f"{API}/profiles/bob/follow").status_code == 404
    assert caller(ann).delete(f"{API}/profiles/bob/follow").status_code == 204
    assert not Follow.objects.exists()


def test_who_is_blocked_is_in_the_list_and_can_be_unblocked_though_they_block_back(ann, bob):
    assert caller(ann).put(f"{API}/profiles/bob/block").status_code == 204
    assert caller(bob).put(f"{API}/profiles/ann/block").status_code == 204
    (row,) = caller(ann).get(f"{API}/users/blocks").json()["results"]
    assert (row["username"], row["blocked_at"][-1]) == ("bob", "Z")
    assert caller(ann).delete(f"{API}/profiles/bob/block").status_code == 204
    assert list(Block.objects.values_list("blocker__username", flat=True)) == ["bob"]


def test_blocking_tells_nothing_of_a_private_profile(ann):
    make_member("eve", profile_privacy="private", display_name="Eve Adams", avatar="eve")
    assert caller(ann).put(f"{API}/profiles/eve/block").status_code == 204
    (row,) = caller(ann).get(f"{API}/users/blocks").json()["results"]
    assert row == {"username": "eve", "display_name": "", "avatar": None, "blocked_at": row["blocked_at"]}
    assert caller(ann).get(f"{API}/profiles/eve").status_code == 404


def test_muting_is_for_the_one_who_mutes_to_know(ann, bob):
    assert caller(ann).put(f"{API}/profiles/bob/mute").status_code == 204
    assert names(caller(ann).get(f"{API}/users/mutes")) == ["bob"]
    assert caller(ann).get(f"{API}/profiles/bob").json()["relation"]["muted"] is True
    told = caller(bob).get(f"{API}/profiles/ann").json()["relation"]
    assert not any(told.values())
    assert caller(ann).delete(f"{API}/profiles/bob/mute").status_code == 204
    assert not Mute.objects.exists()


def test_what_is_sent_along_changes_nothing(ann, bob):
    body = {"is_accepted": True, "follower": "staff", "follower_count": 99}
    assert caller(ann).put(f"{API}/profiles/bob/follow", body).status_code == 200
    assert User.objects.get(pk=bob.pk).follower_count == 1


def test_a_browser_must_prove_that_the_page_was_ours(ann, bob):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ann)
    assert browser.put(f"{API}/profiles/bob/follow").status_code == 403
    assert not Follow.objects.exists()
