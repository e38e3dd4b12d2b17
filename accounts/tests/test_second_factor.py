"""A second factor, once on, is asked for at every door of the API."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth import get_user_model

from accounts.models import Session
from accounts.tests.calls import PASSWORD, codes, link_in_mail, post, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
Member = get_user_model()


@pytest.fixture
def secret(ann):
    made = generate_totp_secret()
    TOTP.activate(ann, made)
    return made


@pytest.fixture
def recovery(ann, secret):
    return RecoveryCodes.activate(ann).generate_codes()


def code(secret, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def attempt(otp=None, password=PASSWORD):
    return post("auth/login", {"username": "ann", "password": password} | ({} if otp is None else {"otp": otp}))


@pytest.mark.parametrize("otp", [None, ""])
def test_without_a_code_one_is_asked_for_it(ann, secret, otp):
    response = attempt(otp)
    assert (response.status_code, codes(response)) == (401, [(None, "otp_required")])
    assert not Session.objects.exists()


def test_with_it_one_is_in_and_it_is_spent(ann, secret):
    otp = code(secret)
    assert attempt(otp).status_code == 200
    assert codes(attempt(otp)) == [(None, "wrong_credentials")]


def test_a_recovery_code_opens_once(ann, recovery):
    assert attempt(recovery[0]).status_code == 200
    assert codes(attempt(recovery[0])) == [(None, "wrong_credentials")]
    assert attempt(recovery[1]).status_code == 200


@pytest.mark.parametrize("otp", ["000000", "x", "1" * 32, "１２３４５６", "null"])
def test_a_wrong_one_opens_nothing(ann, secret, otp):
    assert codes(attempt(otp)) == [(None, "wrong_credentials")]


def test_an_old_one_opens_nothing(ann, secret):
    assert codes(attempt(code(secret, -10))) == [(None, "wrong_credentials")]


def test_whoever_has_not_the_password_is_not_told_of_it(ann, secret):
    assert codes(attempt(code(secret), "wrong")) == [(None, "wrong_credentials")]
    assert codes(attempt(None, "wrong")) == [(None, "wrong_credentials")]


def test_codes_are_not_guessed_at(ann, secret, settings):
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"account": "5/min", "login": "1000/min"}
    assert [attempt(f"{n:06}").status_code for n in range(7)][-2:] == [429, 429]


def test_recovery_codes_alone_are_no_second_factor(ann, recovery):
    Authenticator.objects.filter(type=Authenticator.Type.TOTP).delete()
    assert attempt().status_code == 200


def test_a_passkey_alone_asks_for_a_recovery_code_here(ann):
    Authenticator.objects.create(user=ann, type=Authenticator.Type.WEBAUTHN, data={"name": "A key"})
    codes_ = RecoveryCodes.activate(ann).generate_codes()
    assert codes(attempt()) == [(None, "otp_required")]
    assert attempt(codes_[0]).status_code == 200


def test_a_lost_password_does_not_walk_around_it(ann, secret):
    post("auth/password/reset", {"email": "ann@example.org"})
    key = link_in_mail().rstrip("/").rpartition("/")[2]
    answer = post("auth/password/reset/confirm", {"key": key, "password": "another quiet sentence"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert codes(attempt(None, "another quiet sentence")) == [(None, "otp_required")]


def test_no_secret_is_in_the_database_as_it_is(ann, secret, recovery):
    rows = list(Authenticator.objects.values_list("data", flat=True))
    assert len(rows) == 2
    for row in rows:
        assert secret not in str(row)
        assert not any(one in str(row) for one in recovery)
    assert str(rows[0]).count("gAAAA") == 1


def test_others_are_not_asked(ann, bob, secret):
    assert sign_in("bob")


def test_the_pages_of_a_signed_in_browser_are_not_reached_by_the_password_alone(ann, secret, client):
    page = client.post("/accounts/login/", {"login": "ann", "password": PASSWORD})
    assert page.status_code == 302
    assert page["Location"].startswith("/accounts/2fa/authenticate")
    assert "_auth_user_id" not in client.session
