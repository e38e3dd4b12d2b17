"""Members' pages in a real browser: the whole way in, by keyboard too, and what axe-core has to say."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from celery import current_app
from django.core import mail
from django.utils import timezone

from accounts import own, people, pictures
from accounts.models import DataExport, Follow, User
from catalog.models import Genre, Provider
from conftest import PASSWORD
from tests.axe import violations, violations_in_each_scheme
from tests.browser import DESKTOP, PHONE, follow, keep_pictures, open_page, width_needed

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]
ENTRANCES = [
    "login/",
    "signup/",
    "password/reset/",
    "password/reset/done/",
    "confirm-email/",
    "inactive/",
    "3rdparty/login/cancelled/",
]
OWN = [
    "",
    "profile/",
    "email/",
    "password/change/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/add/",
    "3rdparty/",
    "reauthenticate/",
    "sessions/",
    "api-keys/",
    "people/",
    "people/requests/",
    "export/",
    "leave/",
    "logout/",
]
FACE = Path(__file__).parent.parent / "docs" / "screenshot.png"
SUBMIT = "#content form button[type=submit]"


@pytest.fixture
def site(live_server, ann):
    Genre.objects.create(tmdb_id=18, name="Drama")
    Provider.objects.create(tmdb_id=8, name="Netflix")
    EmailAddress.objects.create(user=ann, email=ann.email, verified=True, primary=True)
    own.change(ann, display_name="Ann", bio="Mostly noir.", avatar=pictures.encoded(io.BytesIO(FACE.read_bytes())))
    eve = User.objects.create_user("eve", "eve@example.net", display_name="Eve")
    people.follow(follower=eve, followed=ann)
    Follow.objects.create(follower=User.objects.create_user("bob", "bob@example.net"), followed=ann, is_accepted=False)
    DataExport.objects.create(user=ann, state="ready", expires_at=timezone.now() + own.KEPT)
    eager, current_app.conf.task_always_eager = current_app.conf.task_always_eager, True
    yield live_server.url
    current_app.conf.task_always_eager = eager


def sign_in(page: Any, site: str, login: str = "ann") -> None:
    page.goto(f"{site}/accounts/login/")
    page.fill("#id_login", login)
    page.fill("#id_password", PASSWORD)
    submit(page)


def show_again_who_one_is(page: Any, site: str) -> None:
    """What leads to the pages that guard the account."""
    page.goto(f"{site}/accounts/reauthenticate/")
    page.fill("#id_password", PASSWORD)
    submit(page)


def submit(page: Any) -> None:
    follow(page, f"{SUBMIT} >> nth=0")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_is_accessible_and_fits(site, size):
    with open_page(size) as (page, complaints):
        faults = {}
        for path in [*ENTRANCES, None, *OWN]:
            if path is None:
                sign_in(page, site)
                show_again_who_one_is(page, site)
                continue
            page.goto(f"{site}/accounts/{path}")
            faults[path] = violations_in_each_scheme(page)
            assert width_needed(page) <= size["width"], path
            keep_pictures(page, f"{path.strip('/').replace('/', '-') or 'account'}-{size['width']}")
        assert {path: found for path, found in faults.items() if found} == {}
        assert complaints == []


def test_a_fault_is_tied_to_its_field(site):
    with open_page(PHONE) as (page, _):
        page.goto(f"{site}/accounts/signup/")
        page.fill("#id_email", "eve@example.org")
        page.fill("#id_username", "admin")
        page.fill("#id_password1", PASSWORD)
        submit(page)
        field = page.locator("#id_username")
        assert field.get_attribute("aria-invalid") == "true"
        told = page.locator(f"#{field.get_attribute('aria-describedby').split()[-1]}")
        assert "reserved" in told.inner_text()
        assert violations(page) == []


def test_one_signs_in_by_keyboard_alone_and_sees_where_one_is(site):
    with open_page(DESKTOP) as (page, _):
        page.goto(f"{site}/accounts/login/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.focus("#id_login")
        for text in ("ann", PASSWORD):
            page.keyboard.type(text)
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid", "the focus is seen"
            page.keyboard.press("Tab")
        page.focus("#id_password")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=Hello, ann")


def code(secret: str, place: int) -> str:
    """One of those that are good now, each for one use: 0 is the oldest."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[place]))


def sign_up(page: Any, site: str) -> None:
    page.goto(f"{site}/accounts/signup/")
    for field, text in (("email", "zoe@example.org"), ("username", "zoe"), ("password1", PASSWORD)):
        page.fill(f"#id_{field}", text)
    submit(page)
    page.wait_for_selector("text=to be confirmed")
    (link,) = re.findall(r"https?://\S+", mail.outbox[-1].body)
    page.goto(link)
    submit(page)


def turn_on_a_second_factor(page: Any, site: str) -> str:
    """Gives its secret; one is signed out then."""
    page.goto(f"{site}/accounts/2fa/totp/activate/")
    page.fill("#id_password", PASSWORD)  # for what guards the account one shows again who one is
    submit(page)
    secret = page.input_value("#authenticator_secret")
    page.fill("#id_code", code(secret, 0))
    submit(page)
    page.goto(f"{site}/accounts/logout/")
    submit(page)
    return secret


def called(site: str, path: str, body: dict | None = None, authorization: str = "") -> requests.Response:
    headers = {"Authorization": authorization} if authorization else {}
    return requests.request("POST" if body else "GET", f"{site}/api/v1/{path}", json=body, headers=headers, timeout=10)


def test_the_whole_way_from_signing_up_to_signing_out_everywhere(site, settings):
    settings.MFA_TOTP_TOLERANCE = 1  # so that three codes are good at a time
    with open_page(PHONE) as (page, complaints):
        sign_up(page, site)
        secret = turn_on_a_second_factor(page, site)
        sign_in(page, site, "zoe")
        assert "/2fa/authenticate" in page.url
        page.fill("#id_code", code(secret, 1))
        submit(page)
        page.wait_for_selector("text=Hello, zoe")
        page.goto(f"{site}/accounts/api-keys/")
        page.fill("#id_name", "My calendar")
        page.click("form.panel button[type=submit]")
        key = page.inner_text("code.secret")
        assert called(site, "users/profile", authorization=f"Api-Key {key}").json()["username"] == "zoe"
        login = {"username": "zoe", "password": PASSWORD}
        assert called(site, "auth/login", login).json()["errors"][0]["code"] == "otp_required"
        mine = "Bearer " + called(site, "auth/login", login | {"otp": code(secret, 2)}).json()["access"]
        assert called(site, "users/profile", authorization=mine).status_code == 200
        page.goto(f"{site}/accounts/sessions/")
        page.click("text=Sign out everywhere else")
        page.wait_for_selector("text=Signed out everywhere else")
        assert called(site, "users/profile", authorization=mine).status_code == 401
        assert complaints == []
