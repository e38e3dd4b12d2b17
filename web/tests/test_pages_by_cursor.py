"""`?cursor=`: every row once, in order, forward and back, however many are equal and whatever is written meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Coalesce, Length
from django.test.utils import CaptureQueriesContext

from web.keyset import Keyset

pytestmark = [pytest.mark.urls("web.tests.urls"), pytest.mark.django_db]
LIST = "/api/v1/users/by-cursor"
NOON = datetime(2026, 1, 1, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def crowd():
    """45 users, of whom each 15 joined in the very same microsecond."""
    user = get_user_model()
    rows = [user(username=f"u{n:02}", email=f"{n}@x.org", joined_at=NOON + timedelta(days=n // 15)) for n in range(45)]
    user.objects.bulk_create(rows)


def walk(api, link: str, direction: str = "next") -> list[int]:
    seen = []
    while link:
        page = api.get(link).json()
        ids = [user["id"] for user in page["results"]]
        seen += ids if direction == "next" else ids[::-1]
        link = page[direction]
    return seen


@pytest.mark.parametrize("order", ["-joined_at", "joined_at", "username", "-pk", "is_staff,joined_at"])
@pytest.mark.parametrize("size", [1, 7, 15, 45, 100])
def test_each_row_comes_once_and_in_order(api, crowd, order, size):
    sign = "-" if order.startswith("-") else ""
    users = get_user_model().objects.order_by(*order.split(","), f"{sign}pk")
    assert walk(api, f"{LIST}?order={order}&page_size={size}") == list(users.values_list("pk", flat=True))


def test_the_way_back_is_the_way_there(api, crowd):
    link = f"{LIST}?page_size=10"
    there = walk(api, link)
    while link:
        last, link = link, api.get(link).json()["next"]
    assert walk(api, last, "previous") == there[::-1]


def test_the_first_page_has_nothing_before_it_and_the_last_nothing_after(api, crowd):
    first = api.get(f"{LIST}?page_size=40").json()
    assert first["previous"] is None
    last = api.get(first["next"]).json()
    assert last["next"] is None
    assert api.get(last["previous"]).json() == first


def test_the_same_page_has_the_same_links_at_any_time(api, crowd, monkeypatch):
    first = api.get(LIST).json()
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert api.get(LIST).json() == first


def test_a_row_written_meanwhile_moves_nothing(api, crowd, ann):
    first = api.get(f"{LIST}?page_size=10").json()
    get_user_model().objects.filter(pk=first["results"][-1]["id"]).delete()
    rest = walk(api, first["next"])
    assert len(rest) == 36
    assert not set(rest) & {user["id"] for user in first["results"]}


def test_other_parameters_stay_in_the_links(api, crowd):
    link = api.get(f"{LIST}?order=username&page_size=5&colour=red").json()["next"]
    assert "order=username" in link
    assert "colour=red" in link


@pytest.mark.parametrize("cursor", ["x", "WzBd", "é", "%00x", "a" * 3000, "W10:1:2", "null"])
def test_a_cursor_that_was_not_given_out_is_a_400_that_names_it(api, crowd, cursor):
    response = api.get(LIST, {"cursor": cursor})
    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] in {"cursor", None}


def test_a_cursor_of_another_order_is_a_400(api, crowd):
    cursor = api.get(f"{LIST}?page_size=5").json()["next"].partition("cursor=")[2].partition("&")[0]
    response = api.get(f"{LIST}?order=username&cursor={cursor}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "cursor"


def test_a_bad_page_size_is_a_400(api):
    assert api.get(f"{LIST}?page_size=0").json()["errors"][0]["attr"] == "page_size"


def test_a_page_is_one_query_that_compares_rows_and_skips_none(api, crowd):
    second = api.get(f"{LIST}?page_size=5").json()["next"]
    with CaptureQueriesContext(connection) as queries:
        api.get(second)
    (query,) = queries
    assert "OFFSET" not in query["sql"]
    assert ") < (" in query["sql"]


def test_an_order_may_be_computed(crowd):
    users = get_user_model().objects.annotate(size=Coalesce(Length("username"), Value(0))).order_by("-size")
    keyset = Keyset(users)
    first = keyset.page(None, 10)
    rest = keyset.page(keyset.position(keyset.cursor(first[-1])), 100)
    assert len(first + rest) == 45
    assert first[-1].pk > rest[0].pk


def test_an_order_in_two_directions_is_refused():
    with pytest.raises(ImproperlyConfigured, match="one direction"):
        Keyset(get_user_model().objects.order_by("username", "-joined_at"))
