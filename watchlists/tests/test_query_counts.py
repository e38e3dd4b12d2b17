"""A page of fifty costs as many queries as a page of one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.tests.members import API, caller, make_member
from watchlists import diary, favorites, list_items, lists, sharing, watchlist
from watchlists.tests.calls import films

pytestmark = pytest.mark.django_db
PAGES = {
    "users/watchlist": 3,
    "users/watchlist?ordering=-rating&genre=80&max_runtime=200&decade=1990": 3,
    "users/favorites": 4,
    "users/history": 4,
    "users/companionships": 3,
    "users/lists": 2,
    "users/lists/shared": 2,
    "users/lists/{list}/items": 7,
    "users/lists/{list}/collaborators": 2,
    "profiles/owner/watchlist": 4,
    "profiles/owner/favorites": 5,
    "profiles/owner/history": 5,
    "profiles/owner/lists": 3,
}


def fill(owner, other, numbers, made):
    """So many things of every kind."""
    for number in numbers:
        watchlist.add(user=owner, movie_id=number)
        favorites.add(user=owner, movie_id=number)
        member = make_member()
        diary.log(user=owner, movie_id=number, watched_on=date(2024, 1, 1), companions=[other, member])
        diary.log(user=other, movie_id=number, companions=[owner])
        list_items.add(made, movie_id=number, by=other)
        lists.make(owner=owner, name="x")
        shared = lists.make(owner=member, name="y", visibility="private")
        sharing.invite(shared, member=owner)
        sharing.accept(sharing.invite(made, member=member)[0])


def test_as_many_for_fifty_as_for_one(monkeypatch):
    monkeypatch.setattr(sharing, "MOST_COLLABORATORS", 1000)
    owner, other = make_member("owner"), make_member("other")
    made, client = lists.make(owner=owner, name="Heists"), None
    films(50)
    counted = []
    for numbers in (range(1, 2), range(2, 51)):
        fill(owner, other, numbers, made)
        client = caller(owner)
        counted.append({path: asked(client, f"{API}/{path.format(list=made.pk)}") for path in PAGES})
    one, fifty = counted
    assert one == fifty
    assert {path: number for path, number in fifty.items() if number > PAGES[path]} == {}


def asked(client, url: str) -> int:
    size = "&page_size=100" if "?" in url else "?page_size=100"
    with CaptureQueriesContext(connection) as told:
        assert client.get(url + size).json()["results"] or "genre" in url
    return len(told)
