"""Members' pages under attack: forms of other sites, addresses that lead elsewhere, bodies that are none."""

import pytest
from django.test import Client

from accounts.tests import doors_of_headless, doors_of_pages
from accounts.tests.calls import PASSWORD
from tests.doors import address

pytestmark = pytest.mark.django_db
# What takes a form, by the table of doors; nobody is known to Facebook's, which is not set up.
FORMS = [
    route
    for table in (doors_of_pages, doors_of_headless)
    for route, rows in table.ROUTES.items()
    if rows["POST"].statuses["owner"] not in {301, 404, 405} and "/app/" not in route
]


@pytest.mark.parametrize("route", FORMS)
def test_no_form_is_taken_from_another_site(ann, route):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ann)
    path = address(route, doors_of_pages.furnish(ann))
    refused = strict.post(path, {"password": PASSWORD})
    assert refused.status_code == 403
    assert "_allauth" in route or "csrf" in refused.text.lower() or "form" in refused.text.lower()
    assert strict.get("/accounts/").status_code == 200, "and nothing has come of it"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_one_is_led_nowhere_else(ann, client, target):
    page = client.post(f"/accounts/login/?next={target}", {"login": "ann", "password": PASSWORD, "next": target})
    assert page.status_code == 302
    assert page["Location"] == "/accounts/"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "\thttps://evil.example"]
)
@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("signup/", {"email": "eve@example.org", "username": "eve", "password1": PASSWORD}),
        ("logout/", {}),
        ("reauthenticate/", {"password": PASSWORD}),
    ],
)
def test_nor_from_any_other_form(ann, client, target, path, form):
    if path != "signup/":
        client.force_login(ann)
    page = client.post(f"/accounts/{path}", form | {"next": target}, query_params={"next": target})
    assert page.status_code == 302
    assert page["Location"] in {"/", "/accounts/"}


def test_a_megabyte_of_json_in_a_form_is_a_fault_of_the_form(client, db):
    page = client.post("/accounts/2fa/webauthn/login/", {"credential": "[" * 100_000})
    assert 300 <= page.status_code < 500
