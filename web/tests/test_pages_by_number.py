"""`?page=` and `?page_size=`: counted once and up to a cap, and strict about what they are given."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Count, Value
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from rest_framework.request import Request

from web import pagination
from web.pagination import PageNumberPagination

pytestmark = [pytest.mark.urls("web.tests.urls"), pytest.mark.django_db]
USERS = "/api/v1/users"


@pytest.fixture
def thirty():
    user = get_user_model()
    user.objects.bulk_create(user(username=f"u{n:02}", email=f"u{n:02}@example.org") for n in range(30))


def names(response) -> list[str]:
    assert response.status_code == 200, response.json()
    return [user["username"] for user in response.json()["results"]]


def test_a_page_holds_twenty_and_links_to_its_neighbours(api, thirty):
    first = api.get(f"{USERS}?sort=a&sort=b").json()
    assert (first["count"], len(first["results"]), first["previous"]) == (30, 20, None)
    assert first["next"] == "http://testserver/api/v1/users?page=2&sort=a&sort=b"
    second = api.get(first["next"]).json()
    assert [user["username"] for user in second["results"]] == [f"u{n}" for n in range(20, 30)]
    assert second["next"] is None
    assert second["previous"] == "http://testserver/api/v1/users?sort=a&sort=b"


@pytest.mark.parametrize("parameter", ["page", "page_size"])
@pytest.mark.parametrize(
    "value", ["0", "-1", "x", "1.0", "1e3", " 1", "٣", "1_0", "9" * 40, "%EF%BC%91", "last", "null"]
)
def test_a_bad_value_is_a_400_that_names_it(api, parameter, value):
    response = api.get(f"{USERS}?{parameter}={value}")
    assert response.status_code == 400
    assert [fault["attr"] for fault in response.json()["errors"]] == [parameter]


def test_a_page_size_over_a_hundred_is_a_400(api):
    assert api.get(f"{USERS}?page_size=100").status_code == 200
    assert api.get(f"{USERS}?page_size=101").json()["errors"][0]["attr"] == "page_size"


def test_past_the_end_is_a_404_but_an_empty_first_page_is_a_page(api):
    assert api.get(USERS).json() == {"count": 0, "next": None, "previous": None, "results": []}
    response = api.get(f"{USERS}?page=2")
    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == "not_found"


def test_pages_reach_as_far_as_the_count(api, thirty, monkeypatch):
    monkeypatch.setattr(pagination, "COUNT_CAP", 25)
    assert api.get(f"{USERS}?page_size=5&page=5").json()["next"] is None
    assert api.get(f"{USERS}?page_size=5&page=5").json()["count"] == 25
    response = api.get(f"{USERS}?page_size=5&page=6")
    assert response.status_code == 404
    assert response.json()["errors"][0]["detail"] == pagination.BEYOND_CAP


def paged(queryset) -> tuple[list, list[str]]:
    """The first page of the queryset, and the SQL it took."""
    request = Request(RequestFactory().get("/"))
    with CaptureQueriesContext(connection) as queries:
        rows = PageNumberPagination().paginate_queryset(queryset, request)
    return rows, [query["sql"] for query in queries]


@pytest.mark.parametrize(
    "shaped",
    [
        lambda users: users.order_by("-joined_at"),
        lambda users: users.values("username").order_by("username"),
        lambda users: users.annotate(groups_held=Count("groups")).order_by("-groups_held", "pk"),
        lambda users: users.values("is_staff").annotate(how_many=Count("pk")).order_by("is_staff"),
        lambda users: users.order_by("username").distinct(),
        lambda users: users.alias(shelf=Value(1)).filter(shelf=1).order_by("shelf", "pk"),
    ],
)
def test_counting_takes_one_query_that_neither_sorts_nor_runs_on(thirty, shaped):
    rows, (count, _) = paged(shaped(get_user_model().objects.all()))
    assert rows
    assert "ORDER BY" not in count
    assert f"LIMIT {pagination.COUNT_CAP}" in count


def test_a_plain_list_is_paged_as_well():
    rows, queries = paged([1, 2, 3])
    assert (rows, queries) == ([1, 2, 3], [])
