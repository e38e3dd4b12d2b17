"""Signing in by a provider in a real browser: a real OpenID Connect server on loopback, and the way there and back."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from accounts.models import User
from config import providers
from conftest import PASSWORD
from tests.axe import violations
from tests.browser import DESKTOP, PHONE, keep_picture, open_page
from tests.test_account_pages import sign_in, submit
from web.tests.redis_server import free_port

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]
EVE = {"sub": "eve-1", "email": "eve@example.org", "email_verified": True, "name": "Eve Ning"}
ANN = {"sub": "ann-1", "email": "ann@example.org", "email_verified": True, "name": "Ann Other"}
BUTTON = "text=Continue with Work"


@contextmanager
def provider(*known: dict) -> Iterator[str]:
    """A process of its own, where these are known; gives its address."""
    port = free_port()
    people = [word for one in known for word in ("--user-claims", json.dumps(one))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *people]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            await_answer(f"http://localhost:{port}")
            yield f"http://localhost:{port}"
        finally:
            process.terminate()


def await_answer(url: str) -> None:
    ends_at = time.monotonic() + 30
    while time.monotonic() < ends_at:
        try:
            requests.get(f"{url}/jwks", timeout=5).raise_for_status()
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("The provider did not start.")


@pytest.fixture
def site(live_server, settings, monkeypatch):
    with provider(EVE, ANN) as url:
        work = {"id": "work", "name": "Work", "server_url": url, "client_id": "marquee", "secret": "s"}
        for name, value in providers.social(("", ""), ("", ""), [work]).items():
            setattr(settings, name, value)
        allowed = ["'self'", *providers.origins(settings.SOCIALACCOUNT_PROVIDERS)]
        monkeypatch.setitem(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], "form-action", allowed)
        yield live_server.url


def come_by(page, site, name):
    """From the site's button to the provider, where one says who one is, and back."""
    page.route("https://cdn.jsdelivr.net/**", lambda route: route.fulfill(status=204))  # the provider's own looks
    page.click(BUTTON)
    page.wait_for_selector("text=/authorize|sign in|log ?in/i")
    page.click(f"button:has-text('{name}')")
    page.wait_for_url(f"{site}/**")


def test_a_stranger_comes_by_a_provider_and_is_known_the_next_time(site):
    for _ in range(2):
        with open_page(PHONE) as (page, complaints):
            page.goto(f"{site}/accounts/login/")
            assert violations(page) == []
            keep_picture(page, "login-providers-390-light")
            come_by(page, site, "eve-1")
            page.wait_for_selector("text=Hello, Eve Ning")
            page.goto(f"{site}/accounts/3rdparty/")
            assert violations(page) == []
            keep_picture(page, "connected-390-light")
            assert complaints == []
    assert User.objects.get().email == "eve@example.org"
    assert EmailAddress.objects.get().verified


def test_an_address_that_somebody_has_is_tied_by_who_is_signed_in_alone(site, ann):
    with open_page(DESKTOP) as (page, _):
        page.goto(f"{site}/accounts/login/")
        come_by(page, site, "ann-1")
        assert "Hello" not in page.content()
        sign_in(page, site)
        page.goto(f"{site}/accounts/3rdparty/")
        come_by(page, site, "ann-1")
        if page.locator("#id_password").count():
            page.fill("#id_password", PASSWORD)
            submit(page)
        assert "Work" in page.inner_text("main")
        keep_picture(page, "connected-1280-light")
    assert ann.socialaccount_set.get().uid == "ann-1"


def test_a_second_factor_is_asked_for_behind_a_provider_too(site, ann):
    ann.socialaccount_set.create(provider="work", uid="ann-1")
    TOTP.activate(ann, generate_totp_secret())
    with open_page(PHONE) as (page, _):
        page.goto(f"{site}/accounts/login/")
        come_by(page, site, "ann-1")
        assert "/2fa/authenticate" in page.url
        page.goto(f"{site}/accounts/")
        assert "Hello" not in page.content()
