"""How the stand-in's own tests talk to it: over a real socket, with the client library that the project uses."""

from typing import Any

import requests

from catalog.tmdb.standin import StandIn


def ask(standin: StandIn, path: str, **query: Any) -> requests.Response:
    """One GET with the right token."""
    headers = {"Authorization": f"Bearer {standin.token}"}
    return requests.get(standin.base_url + path, params=query, headers=headers, timeout=5)


def ids(standin: StandIn, path: str, **query: Any) -> list[int]:
    """The film ids of one page of a list."""
    return [row["id"] for row in ask(standin, path, **query).json()["results"]]
