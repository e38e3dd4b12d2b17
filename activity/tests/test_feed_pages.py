"""Page after page of the feed: each item once, whatever is done meanwhile, and no table read from end to end."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.tests.members import API, caller, make_member
from activity.feed import acts
from activity.tests.rows import film, follow, love, make_list, put, rate, review, watch
from catalog.tests.films import fault

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WHOLE = re.compile(r"Seq Scan on (?:reviews|watchlists|accounts)_|SCAN (?:reviews|watchlists|accounts)_\w+(?!.* USING)")


def page(viewer, address: str = "", **query) -> dict:
    response = caller(viewer).get(address or f"{API}/users/feed", query)
    assert response.status_code == 200, response.data
    return response.json()


def pages(viewer, size: int, between=lambda: None) -> list[list[dict]]:
    found = [page(viewer, page_size=size)]
    while found[-1]["next"]:
        between()
        found.append(page(viewer, found[-1]["next"]))
    return [told["results"] for told in found]


@pytest.fixture
def crowd(ann) -> list[User]:
    """Three whom ann follows, who did something at many times: of late, and ever more seldom before."""
    members = [make_member() for _ in range(3)]
    now = timezone.now()
    for number, member in enumerate(members):
        follow(ann, member)
        for step in range(14):
            at = now - MINUTE * (number + 1) - 40 * MINUTE * step**3
            rate(member, film(), rated_at=at)
            love(member, film(), added_at=at - 7 * MINUTE)
            if step % 3 == 0:
                review(member, film(), published_at=at - 9 * MINUTE)
    return members


def test_every_act_is_told_once_in_order_whatever_the_size_of_pages(ann, crowd):
    (whole,) = pages(ann, 100)
    assert sum(item["count"] for item in whole) == 3 * (14 + 14 + 5)
    assert [item["at"] for item in whole] == sorted((item["at"] for item in whole), reverse=True)
    for size in (1, 7, 20):
        told = pages(ann, size)
        assert [item for some in told for item in some] == whole
        assert {len(some) for some in told[:-1]} == {size}


def test_what_is_done_meanwhile_moves_nothing(ann, crowd):
    (whole,) = pages(ann, 100)

    def act():
        for member in crowd:
            rate(member, film(), rated_at=timezone.now())
            watch(member, film(), created_at=timezone.now())

    told = [item for some in pages(ann, 5, act) for item in some]
    assert told == whole
    assert page(ann)["results"][0]["kind"] == "viewing"


def test_what_is_taken_back_meanwhile_is_not_told(ann, crowd):
    first = page(ann, page_size=5)
    User.objects.filter(pk=crowd[0].pk).update(reviews_privacy="private")
    rest = page(ann, first["next"], page_size=100)["results"]
    assert not [item for item in rest if item["kind"] == "rating" and item["user"]["username"] == crowd[0].username]


def test_what_is_from_many_years_ago_is_reached(ann, bob):
    follow(ann, bob, created_at=timezone.now())
    rate(bob, film(), rated_at=timezone.now() - 30 * 365 * DAY)
    love(bob, film(), added_at=timezone.now() - 365 * DAY)
    assert [item["kind"] for some in pages(ann, 1) for item in some] == ["favorite", "rating"]


def test_there_is_no_way_back(ann, crowd):
    first = page(ann, page_size=5)
    assert first["previous"] is None
    assert page(ann, first["next"])["previous"] is None


@pytest.mark.parametrize("cursor", ["x", "x:y", "'", "٣", "W10:abc", "a" * 3000])
def test_a_cursor_that_was_not_given_out_is_refused(ann, cursor):
    response = caller(ann).get(f"{API}/users/feed", {"cursor": cursor})
    assert fault(response) == (400, "invalid", "cursor")


def test_a_cursor_of_another_list_is_refused(ann, crowd):
    foreign = signing.Signer(salt="cursor:accounts.Follow:True:created_at,pk").sign_object([0, "2026-11-20", "1"])
    assert fault(caller(ann).get(f"{API}/users/feed", {"cursor": foreign})) == (400, "invalid", "cursor")


def test_a_million_acts_at_once_are_one_item_of_six_films(ann, bob):
    """As after an import; a million takes long to make."""
    follow(ann, bob)
    now = timezone.now()
    for number in range(60):
        watch(bob, film(), created_at=now - timedelta(milliseconds=number))
    with CaptureQueriesContext(connection) as queries:
        (item,) = page(ann)["results"]
    assert (item["count"], len(item["movies"])) == (60, 6)
    assert len(queries) < 20


@pytest.mark.parametrize("many", [10_000, 0], ids=["looked for one by one", "by time"])
def test_no_table_is_read_from_end_to_end(ann, crowd, monkeypatch, many):
    """Of a handful PostgreSQL would rather read all, so it is told that this is dear."""
    monkeypatch.setattr(acts, "MANY", many)
    movie = film()
    made = make_list(crowd[0])
    put(made, movie)
    told, prefix = [], "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "

    def explain(execute, sql, params, many, context):
        if sql.lstrip("(").startswith(("SELECT", "WITH")):
            with connection.cursor() as cursor:
                cursor.execute(prefix + sql, params)
                told.extend(str(row[-1]) for row in cursor.fetchall())
        return execute(sql, params, many, context)

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    with connection.execute_wrapper(explain):
        assert page(ann, page_size=100)["results"]
    assert told
    assert not [step for step in told if WHOLE.search(step)]
    by_time = any("by_time" in step for step in told)
    assert by_time is (many == 0) or connection.vendor == "postgresql"
