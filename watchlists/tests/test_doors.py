"""Each door of the library: which method, at which address, for whom, gives what."""

import pytest
from django.urls import get_resolver

from accounts import api_keys
from accounts.models import User
from accounts.tests.members import API, caller, make_member, make_viewer
from catalog.tests.films import make_movie
from watchlists import diary, favorites, list_items, lists, sharing, watchlist
from watchlists.models import Favorite, List, ListItem, Viewing, WatchlistEntry

pytestmark = pytest.mark.django_db
ASKING = ("owner", "editor", "stranger", "blocked", "anonymous")
# Of what one owner has: what each answers to the owner, an editor of their list, a stranger, one who is blocked, and
# nobody known. What is at the caller's own address is another thing for each of them.
OWN = (200, 200, 200, 200, 401)
OTHERS = (200, 404, 404, 404, 401)
SHOWN = (200, 200, 200, 404, 200)
ROUTES = {
    ("get", "users/watchlist"): OWN,
    ("post", "users/watchlist"): (200, 201, 201, 201, 401),
    ("post", "users/watchlist/bulk"): OWN,
    ("get", "users/watchlist/{movie}"): OTHERS,
    ("patch", "users/watchlist/{movie}"): OTHERS,
    ("delete", "users/watchlist/{movie}"): (204, 204, 204, 204, 401),
    ("get", "users/favorites"): OWN,
    ("post", "users/favorites"): (200, 201, 201, 201, 401),
    ("patch", "users/favorites/{movie}"): OTHERS,
    ("delete", "users/favorites/{movie}"): (204, 204, 204, 204, 401),
    ("get", "users/history"): OWN,
    ("post", "users/history"): (201, 201, 201, 201, 401),
    ("get", "users/history/{viewing}"): OTHERS,
    ("patch", "users/history/{viewing}"): OTHERS,
    ("delete", "users/history/{viewing}"): (204, 404, 404, 404, 401),
    ("get", "users/companionships"): OWN,
    ("put", "users/companionships/{viewing}"): (404, 204, 404, 404, 401),
    ("delete", "users/companionships/{viewing}"): (404, 204, 404, 404, 401),
    ("get", "users/lists"): OWN,
    ("post", "users/lists"): (201, 201, 201, 201, 401),
    ("get", "users/lists/shared"): OWN,
    ("get", "users/lists/{list}"): SHOWN,
    ("patch", "users/lists/{list}"): (200, 403, 403, 404, 401),
    ("delete", "users/lists/{list}"): (204, 403, 403, 404, 401),
    ("post", "users/lists/{list}/clone"): (201, 201, 201, 404, 401),
    ("post", "users/lists/{list}/key"): (200, 403, 403, 404, 401),
    ("get", "users/lists/{list}/items"): SHOWN,
    ("post", "users/lists/{list}/items"): (200, 200, 403, 404, 401),
    ("post", "users/lists/{list}/items/bulk"): (200, 200, 403, 404, 401),
    ("patch", "users/lists/{list}/items/{movie}"): (200, 200, 403, 404, 401),
    ("delete", "users/lists/{list}/items/{movie}"): (204, 204, 403, 404, 401),
    ("get", "users/lists/{list}/collaborators"): (200, 200, 200, 404, 401),
    ("put", "users/lists/{list}/collaborators/{name}"): (200, 403, 403, 404, 401),
    ("delete", "users/lists/{list}/collaborators/{name}"): (204, 403, 403, 404, 401),
    ("put", "users/lists/{list}/collaboration"): (404, 204, 404, 404, 401),
    ("delete", "users/lists/{list}/collaboration"): (404, 204, 404, 404, 401),
    ("get", "profiles/owner/watchlist"): SHOWN,
    ("get", "profiles/owner/favorites"): SHOWN,
    ("get", "profiles/owner/history"): SHOWN,
    ("get", "profiles/owner/lists"): SHOWN,
}
DOORS = [
    ((method, route), viewer, status)
    for (method, route), statuses in ROUTES.items()
    for viewer, status in zip(ASKING, statuses, strict=True)
]
BODIES = {
    "watchlist": {"movie_id": 949},
    "favorites": {"movie_id": 949},
    "history": {"movie_id": 949},
    "lists": {"name": "Mine"},
    "items": {"movie_id": 949},
    "bulk": {"remove": [949]},
}
MOVES = {"patch favorites": {"position": 1}, "patch items": {"position": 1}}
HOLES = {"<int:movie_id>": "{movie}", "<int:viewing_id>": "{viewing}", "<int:list_id>": "{list}"}
MINE = ("users/watchlist", "users/favorites", "users/history", "users/lists", "users/companionships")
PARTS = ("/watchlist", "/favorites", "/history", "/lists")


@pytest.fixture(scope="module")
def owner(kept_for_all):
    return make_member("owner")


@pytest.fixture(scope="module")
def editor(owner):
    return make_member("editor")


@pytest.fixture(scope="module")
def places(owner, editor):
    """Where the owner's things are: a film everywhere, named and shared with the editor."""
    make_movie(949, "Heat")
    watchlist.add(user=owner, movie_id=949)
    favorites.add(user=owner, movie_id=949)
    viewing, _ = diary.log(user=owner, movie_id=949, companions=[editor])
    made = lists.make(owner=owner, name="Heists")
    list_items.add(made, movie_id=949, by=owner)
    share, _ = sharing.invite(made, member=editor)
    sharing.accept(share)
    return {"movie": 949, "viewing": viewing.pk, "list": made.pk, "name": "editor"}


def test_every_route_has_its_row():
    routes = set()
    for resolver in get_resolver().url_patterns:
        for pattern in resolver.url_patterns if str(resolver.pattern) == "api/v1/" else ():
            route = str(pattern.pattern)
            if route.startswith(MINE) or (route.startswith("profiles/") and route.endswith(PARTS)):
                for hole, name in HOLES.items():
                    route = route.replace(hole, name)
                is_profile = route.startswith("profiles")
                route = route.replace("<str:username>", "owner" if is_profile else "{name}")
                routes |= {(method, route) for method in pattern.callback.actions if method != "head"}
    assert routes == ROUTES.keys()


@pytest.mark.parametrize(("door", "viewer", "status"), DOORS)
def test_a_door_opens_to_whom_it_should(owner, places, door, viewer, status):
    method, route = door
    editor = User.objects.get(username="editor")
    client = caller(editor if viewer == "editor" else make_viewer(viewer, owner))
    last = next(part for part in reversed(route.split("/")) if "{" not in part)
    body = BODIES.get(last) if method == "post" else MOVES.get(f"{method} {last}", {})
    response = getattr(client, method)(f"{API}/{route.format(**places)}", body)
    assert response.status_code == status, response.content
    assert response.headers["Cache-Control"] == "no-store"


def test_who_may_not_leaves_everything_as_it_was(owner, places):
    strangers = [caller(make_viewer(kind, owner)) for kind in ("stranger", "blocked", "anonymous")]
    for method, route in ROUTES:
        if method in ("patch", "put", "delete"):
            for client in strangers:
                getattr(client, method)(f"{API}/{route.format(**places)}", {"name": "x", "note": "x", "position": 1})
    for model in (WatchlistEntry, Favorite, Viewing, List, ListItem):
        assert model.objects.count() == 1
    assert List.objects.get().name == "Heists"
    assert WatchlistEntry.objects.get().note == ListItem.objects.get().note == ""


def test_a_key_that_only_reads_changes_nothing(owner, places):
    _, secret = api_keys.make(user=owner, name="x", can_write=False)
    client = caller()
    client.credentials(HTTP_AUTHORIZATION=f"Api-Key {secret}")
    for method, route in ROUTES:
        answer = getattr(client, method)(f"{API}/{route.format(**places)}", {})
        assert answer.status_code == (200 if method == "get" else 403), route


@pytest.mark.parametrize("route", sorted({route for _, route in ROUTES}))
def test_what_a_door_takes_can_be_asked_and_no_other_method_is_answered(owner, places, route):
    client, url = caller(owner), f"{API}/{route.format(**places)}"
    assert client.options(url).status_code == 200
    for method in {"get", "post", "put", "patch", "delete"} - {known for known, other in ROUTES if other == route}:
        assert getattr(client, method)(url, {}).status_code == 405


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_a_number_too_large_for_the_database_is_of_nothing(owner, places, number):
    client, numbers = caller(owner), dict.fromkeys(("movie", "viewing", "list"), number)
    for method, route in ROUTES:
        if "{" in route and method != "post":
            url = f"{API}/{route.format(name='x', **numbers)}"
            assert getattr(client, method)(url, {"position": 1}).status_code in (204, 404), (method, route)
