"""Every door there is: which method, at which address, for whom, gives what. A route without a row fails."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from accounts import api_keys, sessions
from accounts.models import Privacy
from conftest import PASSWORD, forget
from tests.doors import PLACE, Row, address
from tests.environment import ROOT
from tests.owning import authorization_of

pytestmark = pytest.mark.django_db
TABLES = [
    import_module(".".join(path.relative_to(ROOT).with_suffix("").parts)) for path in ROOT.glob("*/tests/doors*.py")
]
# What leads to something of its owner's that others see unless it is private.
SEEN = {"review_id", "comment_id", "list_id"}
# Django's own, looked at below as one.
ADMIN = "admin/"
METHODS = ("get", "post", "put", "patch", "delete")


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, path)
        else:
            yield path, pattern


ROUTES = dict(reversed(list(patterns(get_resolver()))))  # of two at one address the first is asked
ROWS = [
    pytest.param(table, route, method, id=f"{method} {route}")
    for table in TABLES
    for route, rows in table.ROUTES.items()
    for method in rows
]


def methods_of(route: str) -> set[str]:
    """Those that an API's view has. Of a page nobody can tell before it is asked: both that browsers know."""
    view = ROUTES[route].callback
    actions = getattr(view, "actions", None)
    if actions is None and not hasattr(view, "cls"):
        return {"GET", "POST"}
    return {name.upper() for name in METHODS if (name in actions if actions else hasattr(view.cls, name))}


def ours() -> list[str]:
    return [route for route in ROUTES if not route.startswith(ADMIN)]


@pytest.fixture(scope="module")
def known(kept_for_all):
    """The members, the owner's keys, where each member's app is signed in, and their browser."""
    members = get_user_model().objects
    ann, bob = (members.create_user(name, f"{name}@example.org", PASSWORD) for name in ("ann", "bob"))
    staff = members.create_superuser("staff", "staff@example.org", PASSWORD)
    users = {"owner": ann, "stranger": bob, "staff": staff}
    rights = {"reading key": False, "writing key": True}
    keys = {who: f"Api-Key {api_keys.make(user=ann, name=who, can_write=rights[who])[1]}" for who in rights}
    asked = RequestFactory().get("/")
    begun = {who: sessions.begin(user=user, request=asked) for who, user in users.items()}
    return users, keys, begun, {who: signed_in(user) for who, user in users.items()}


def signed_in(user: AbstractBaseUser) -> str:
    """The cookie of a browser that is."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def callers(known, db):
    """How each shows who they are to the API; in a browser the members are signed in."""
    users, keys, begun, browsers = known
    return users, keys | {who: authorization_of(session) for who, session in begun.items()}, browsers


@pytest.fixture(scope="module")
def table(request, known):
    """A table of doors and what stands in their places, made once for all of them."""
    furnish = getattr(request.param, "furnish", lambda owner: {})
    with transaction.atomic():
        yield request.param, furnish(known[0]["owner"])
        transaction.set_rollback(True)


def knock(callers: Any, who: str, method: str, path: str, body: Any) -> int:
    """The status; whatever the call changed is undone."""
    _, shown, browsers = callers
    forget()
    is_page = not path.startswith("/api/")
    client = Client(raise_request_exception=False)
    headers = {} if is_page or who == "anonymous" else {"authorization": shown[who]}
    with transaction.atomic():
        if is_page and who in browsers:
            client.cookies[settings.SESSION_COOKIE_NAME] = browsers[who]
        is_json = method != "GET" and path.startswith(("/api/", "/_allauth/"))
        kind = {"content_type": "application/json"} if is_json else {}
        status = getattr(client, method.lower())(path, body, headers=headers, **kind)
        transaction.set_rollback(True)
    return status.status_code


@pytest.mark.parametrize(("table", "route", "method"), ROWS, indirect=["table"], scope="module")
def test_a_door_opens_to_whom_it_should(table, route, method, callers):
    told, places = table
    row: Row = told.ROUTES[route][method]
    path, body = address(route, places), row.asked_with(places)
    assert {who: knock(callers, who, method, path, body) for who in row.statuses} == row.statuses


@pytest.mark.parametrize("table", [pytest.param(table, id=table.__name__) for table in TABLES], indirect=True)
def test_what_is_private_is_not_there_for_others(table, callers):
    """Whatever they ask for: where they see it they may be told that it is not theirs, and here not that it is."""
    owner, (table, places) = callers[0]["owner"], table
    get_user_model().objects.filter(pk=owner.pk).update(profile_privacy=Privacy.PRIVATE)
    seen = SEEN | ({"username"} if places.get("username") == owner.username else set())
    told = {}
    for route, rows in table.ROUTES.items():
        for method in rows if seen & {match[1] for match in PLACE.finditer(route)} else ():
            body = rows[method].asked_with(places)
            for who in ("stranger", "staff") if rows[method].statuses["stranger"] != 405 else ():
                told[f"{who}: {method} {route}"] = knock(callers, who, method, address(route, places), body)
    assert {door: status for door, status in told.items() if status != 404} == {}


def test_every_door_has_its_row_and_every_row_its_door():
    told = {(route, method) for table in TABLES for route, rows in table.ROUTES.items() for method in rows}
    assert told == {(route, method) for route in ours() for method in methods_of(route)}


def test_no_door_is_told_of_twice():
    assert len(ROWS) == len({row.id for row in ROWS})


def test_no_other_method_is_answered_by_the_api(callers, settings):
    """Not even to staff, and with a 405, whatever stands in the places."""
    places = dict.fromkeys(("username", "provider"), "ann") | {"session_id": "0b6f7b5e-3f0c-4f0e-9a6b-0d8f6f1f2b11"}
    settings.THROTTLE_RATES = dict.fromkeys(settings.THROTTLE_RATES, "100000/min")
    client = Client(headers={"authorization": callers[1]["staff"]})
    answered = {}
    for route in (route for route in ours() if route.startswith("api/v1/")):
        path = address(route, {match[1]: 1 for match in PLACE.finditer(route)} | places)
        for method in {name.upper() for name in METHODS} - methods_of(route):
            answered[f"{method} {route}"] = getattr(client, method.lower())(path).status_code
    assert {door: status for door, status in answered.items() if status != 405} == {}


@pytest.mark.parametrize("who", ["anonymous", "stranger"])
def test_nothing_of_the_admin_opens_to_who_is_not_staff(callers, who):
    client = Client()
    if who != "anonymous":
        client.force_login(callers[0][who])
    opened = {}
    for route in (route for route in ROUTES if route.startswith(ADMIN)):
        path = address(route, {match[1] or match[2]: 1 for match in PLACE.finditer(route)})
        for status in client.get(path).status_code, client.post(path).status_code:
            if status not in {302, 403}:
                opened[route] = status
    assert opened == {}
