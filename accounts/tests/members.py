"""Members of all kinds, for the tests of who sees whom."""

import re
from itertools import count
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet
from rest_framework.test import APIClient

from accounts import people
from accounts.models import Block, Follow, Privacy, User

API = "/api/v1"
LEVELS = list(Privacy.values)
VIEWERS = ("owner", "friend", "follower", "followed", "waiting", "stranger", "blocked", "blocker", "anonymous", "staff")
SCANS = re.compile(r"Seq Scan|SCAN accounts_(?!\S+ USING)|USE TEMP B-TREE FOR ORDER BY")
_numbers = count(1)


def make_member(username: str = "", **columns: Any) -> User:
    """One who cannot sign in: hashing a password takes long."""
    username = username or f"member-{next(_numbers)}"
    return User.objects.create_user(username, f"{username}@example.org", **columns)


def befriend(one: User, other: User) -> None:
    for follower, followed in ((one, other), (other, one)):
        Follow.objects.create(follower=follower, followed=followed)


def make_viewer(kind: str, owner: User) -> User | AnonymousUser:
    """One who is `kind` to the owner."""
    if kind == "owner":
        return owner
    if kind == "anonymous":
        return AnonymousUser()
    viewer = make_member(is_staff=kind == "staff", is_superuser=kind == "staff")
    if kind == "friend":
        befriend(viewer, owner)
    elif kind in ("follower", "waiting"):
        Follow.objects.create(follower=viewer, followed=owner, is_accepted=kind == "follower")
    elif kind == "followed":
        Follow.objects.create(follower=owner, followed=viewer)
    elif kind == "blocked":
        Block.objects.create(blocker=owner, blocked=viewer)
    elif kind == "blocker":
        Block.objects.create(blocker=viewer, blocked=owner)
    return viewer


def caller(user: User | AnonymousUser | None = None) -> APIClient:
    client = APIClient()
    if user is not None and user.pk is not None:
        client.force_authenticate(user)
    return client


def names(response: Any) -> list[str]:
    assert response.status_code == 200, response.data
    return [row["username"] for row in response.json()["results"]]


def counts(*members: User) -> list[tuple[int, int]]:
    """How many follow each, and how many each follows, as their columns tell."""
    held = User.objects.in_bulk([member.pk for member in members])
    return [(held[member.pk].follower_count, held[member.pk].following_count) for member in members]


def assert_counts_are_right() -> None:
    """The columns tell what the rows do, of every member."""
    for member in User.objects.all():
        accepted = Follow.objects.filter(is_accepted=True)
        told = (member.follower_count, member.following_count)
        assert told == (accepted.filter(followed=member).count(), accepted.filter(follower=member).count()), member


def follow(follower: User, followed: User) -> Follow:
    return people.follow(follower=follower, followed=followed)


def planned(rows: QuerySet) -> str:
    """How the database finds the rows, were there many: a handful PostgreSQL would rather read all, and sort."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    return rows.explain()
