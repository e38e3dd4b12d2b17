"""What the tests of the library call, and read of the answers."""

from typing import Any

from rest_framework.response import Response
from rest_framework.test import APIClient

from accounts.tests.members import API, caller
from catalog.models import Movie
from catalog.tests.films import make_movies

USERS = f"{API}/users"
WATCHLIST, FAVORITES, HISTORY, LISTS = (f"{USERS}/{name}" for name in ("watchlist", "favorites", "history", "lists"))


def ids(response: Response) -> list[int]:
    """The ids of the films of a page."""
    assert response.status_code == 200, response.data
    return [row["movie"]["id"] for row in response.json()["results"]]


def all_ids(client: APIClient, url: str) -> list[int]:
    """The ids of the films of all pages from this one on."""
    found: list[int] = []
    while url:
        response = client.get(url)
        found += ids(response)
        url = response.json()["next"]
    return found


def faults(response: Response) -> list[tuple[str | None, str]]:
    assert response.status_code == 400, response.data
    return [(fault["attr"], fault["code"]) for fault in response.json()["errors"]]


def films(number: int) -> list[Movie]:
    return make_movies(range(1, number + 1))


def holder_counts() -> dict[int, int]:
    return dict(Movie.objects.order_by("pk").values_list("pk", "holder_count"))


def made_list(client: APIClient, **columns: Any) -> dict[str, Any]:
    response = client.post(LISTS, {"name": "Heists"} | columns)
    assert response.status_code == 201, response.data
    return response.json()


__all__ = ["API", "FAVORITES", "HISTORY", "LISTS", "USERS", "WATCHLIST", "caller"]
