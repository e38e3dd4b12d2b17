"""Passkeys in a real browser with a virtual authenticator: made, and good for signing in and as a second factor."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from tests.axe import violations
from tests.browser import DESKTOP, PHONE, follow, keep_picture, open_page
from tests.test_account_pages import PASSWORD, called, sign_in, submit

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]
# Of the phone itself: it keeps keys, and has its owner show who they are.
PLATFORM = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def site(live_server, ann):
    return live_server.url


@contextmanager
def open_with_authenticator(size: dict[str, int]) -> Iterator[tuple[Any, list[str]]]:
    with open_page(size) as (page, complaints):
        client = page.context.new_cdp_session(page)
        client.send("WebAuthn.enable")
        client.send("WebAuthn.addVirtualAuthenticator", {"options": PLATFORM})
        yield page, complaints


def add_passkey(page: Any, site: str, *, passwordless: bool) -> None:
    page.goto(f"{site}/accounts/2fa/webauthn/add/")
    if page.locator("#id_password").count():  # what guards the account one shows again who one is
        page.fill("#id_password", PASSWORD)
        submit(page)
    page.fill("#id_name", "My phone")
    if passwordless:
        page.check("#id_passwordless")
    assert violations(page) == []
    keep_picture(page, f"passkey-add-{page.viewport_size['width']}-light")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/2fa/recovery-codes/")


def sign_out(page: Any, site: str) -> None:
    page.goto(f"{site}/accounts/logout/")
    submit(page)


def test_one_signs_in_by_a_passkey_without_a_password(site):
    with open_with_authenticator(PHONE) as (page, complaints):
        sign_in(page, site)
        add_passkey(page, site, passwordless=True)
        sign_out(page, site)
        page.goto(f"{site}/accounts/login/")
        page.click("#passkey_login")
        page.wait_for_selector("text=Hello, ann")
        page.goto(f"{site}/accounts/2fa/webauthn/")
        assert violations(page) == []
        keep_picture(page, "passkeys-390-light")
        assert complaints == []


def test_a_key_is_a_second_factor_at_every_door(site):
    with open_with_authenticator(DESKTOP) as (page, complaints):
        sign_in(page, site)
        add_passkey(page, site, passwordless=False)
        sign_out(page, site)
        sign_in(page, site)
        assert "/2fa/authenticate" in page.url
        assert violations(page) == []
        keep_picture(page, "second-factor-1280-light")
        login = {"username": "ann", "password": PASSWORD}
        assert called(site, "auth/login", login).json()["errors"][0]["code"] == "otp_required"
        page.click("#mfa_webauthn_authenticate")
        page.wait_for_selector("text=Hello, ann")
        assert complaints == []


def test_a_key_of_another_site_opens_nothing(site, ann):
    with open_with_authenticator(PHONE) as (page, _):
        sign_in(page, site)
        add_passkey(page, site, passwordless=True)
        sign_out(page, site)
        Authenticator.objects.all().delete()
        page.goto(f"{site}/accounts/login/")
        follow(page, "#passkey_login")
        assert "Hello" not in page.content()
