"""allauth's headless API: its way in is as guarded as the others, and its tokens are this site's."""

import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from accounts import sessions
from accounts.models import Session
from accounts.tests.calls import NEW, PASSWORD, call, post
from accounts.tests.providers import CLIENT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]


def app(method: str, path: str, body: dict | None = None, token: str = "") -> Any:
    headers = {"X-Session-Token": token} if token else {}
    data = {"data": body or {}, "content_type": "application/json"} if method != "get" else {}
    return getattr(Client(headers=headers), method)(f"/_allauth/app/v1/{path}", **data)


def signed_in() -> dict:
    response = app("post", "auth/login", {"username": "ann", "password": PASSWORD})
    assert response.status_code == 200, response.content
    return response.json()["meta"]


def profile_of(access: str) -> Any:
    return call("get", "users/profile", access=access)


def test_who_signs_in_gets_the_tokens_of_the_api(ann):
    meta = signed_in()
    assert profile_of(meta["access_token"]).data["username"] == "ann"
    pair = post("auth/refresh", {"refresh": meta["refresh_token"]})
    assert profile_of(pair.data["access"]).status_code == 200
    assert Session.objects.count() == 1


def test_who_signs_up_does_too(db):
    body = {"email": NEW["email"], "username": "eve", "password": PASSWORD}
    response = app("post", "auth/signup", body)
    assert response.status_code in (200, 401), response.content
    access = response.json()["meta"].get("access_token")
    assert access
    assert profile_of(access).data["username"] == "eve"


def test_a_refresh_token_is_good_once_at_either_door(ann):
    meta = signed_in()
    renewed = app("post", "tokens/refresh", {"refresh_token": meta["refresh_token"]})
    assert renewed.status_code == 200, renewed.content
    access = renewed.json()["data"]["access_token"]
    assert profile_of(access).status_code == 200
    assert app("post", "tokens/refresh", {"refresh_token": meta["refresh_token"]}).status_code == 400
    assert profile_of(access).status_code == 401, "the spent one ended the family"


def test_an_end_elsewhere_ends_both_kinds_of_token(ann):
    meta = signed_in()
    assert app("get", "auth/session", token=meta["session_token"]).status_code == 200
    sessions.end_all(ann)
    assert app("get", "auth/session", token=meta["session_token"]).status_code == 410
    assert profile_of(meta["access_token"]).status_code == 401


def test_to_sign_out_here_ends_both(ann):
    meta = signed_in()
    assert app("delete", "auth/session", token=meta["session_token"]).status_code == 401
    assert profile_of(meta["access_token"]).status_code == 401


def test_a_second_factor_is_asked_for(ann):
    secret = generate_totp_secret()
    TOTP.activate(ann, secret)
    response = app("post", "auth/login", {"username": "ann", "password": PASSWORD})
    meta = response.json()["meta"]
    assert (response.status_code, meta.get("access_token")) == (401, None)
    assert not Session.objects.exists()
    wrong = app("post", "auth/2fa/authenticate", {"code": "000000"}, meta["session_token"])
    assert wrong.status_code == 400
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    right = app("post", "auth/2fa/authenticate", {"code": code}, meta["session_token"])
    assert right.status_code == 200, right.content
    assert profile_of(right.json()["meta"]["access_token"]).status_code == 200


def test_tries_are_counted_with_those_of_the_other_doors(ann, settings):
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"account": "2/hour"}
    for _ in range(2):
        post("auth/login", {"username": "ann", "password": "not it"})
    response = app("post", "auth/login", {"username": "ann", "password": PASSWORD})
    assert response.status_code in (400, 429)
    assert not Session.objects.exists()


@pytest.mark.parametrize("token", ["x", "é", "a" * 5000, "../../etc/passwd"])
def test_a_forged_session_token_opens_nothing(ann, token):
    response = app("get", "auth/session", token=token.encode().decode("latin-1"))
    assert response.status_code in (401, 410)


@pytest.mark.parametrize("token", ["x", "a.b.c", None, 5, ["x"], "a" * 9000])
def test_nor_does_a_forged_refresh_token(db, token):
    assert app("post", "tokens/refresh", {"refresh_token": token}).status_code == 400


def by_provider(token: Any) -> Any:
    return app("post", "auth/provider/token", {"provider": "google", "process": "login", "token": token})


def test_a_providers_token_gets_in_here_too(google):
    response = by_provider({"client_id": CLIENT, "id_token": google.signed(nonce="n"), "nonce": "n"})
    assert response.status_code == 200, response.content
    assert profile_of(response.json()["meta"]["access_token"]).data["email"] == "eve@example.org"


@pytest.mark.parametrize(
    "claims",
    [
        {"key": "s" * 32, "algorithm": "HS256"},
        {"key": None, "algorithm": "none"},
        {"kid": None},
        {"exp": None},
        {"aud": "another-app"},
        {"nonce": "unsaid"},
        {"sub": None},
    ],
    ids="-".join,
)
def test_one_that_is_not_right_does_not(google, claims):
    assert by_provider({"client_id": CLIENT, "id_token": google.signed(**claims)}).status_code == 400
    assert not Session.objects.exists()


@pytest.mark.parametrize("token", [None, "x", {}, {"client_id": CLIENT, "id_token": ["x"]}, {"client_id": 5}], ids=str)
def test_nor_does_nonsense(google, token):
    assert by_provider(token).status_code == 400


def test_an_address_that_somebody_has_lets_nobody_in(google, ann):
    response = by_provider({"client_id": CLIENT, "id_token": google.signed(email="ann@example.org")})
    assert response.status_code in (401, 409)
    assert not Session.objects.exists()


@pytest.mark.parametrize("path", ["auth/login", "auth/signup", "auth/password/request", "auth/2fa/authenticate"])
def test_what_comes_from_one_address_is_counted_with_the_other_doors(ann, settings, path):
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"login": "3/min"}
    post("auth/login", {"username": "nobody", "password": "x"})
    refused = [app("post", path, {"username": "nobody", "password": "x"}) for _ in range(3)]
    assert [response.status_code == 429 for response in refused] == [False, False, True]
    assert refused[-1].json()["errors"][0]["code"] == "throttled"


def test_what_is_not_used_here_is_not_there(ann):
    browser = Client()
    browser.force_login(ann)
    for method in "get", "post", "delete":
        assert getattr(browser, method)("/_allauth/browser/v1/account/phone").status_code == 404


JUNK = ["null", "1", '"x"', "[[]]", "{", '{"username": {"a": 1}, "password": ["x"]}', '{"email": ["a"], "key": {}}']
JUNK += ['{"username": "a\\u0000", "password": "b\\u0000"}', '{"provider": 1, "process": [], "token": 5}', "[" * 20_000]
JUNK += ['{"credential": {"a": "b"}}', '{"refresh_token": 5}', '{"code": null}', "\ud800"]


@pytest.mark.parametrize("body", JUNK, ids=lambda body: body[:20].encode("ascii", "replace").decode())
@pytest.mark.parametrize(
    "path",
    [
        *("auth/login", "auth/signup", "auth/password/request", "auth/password/reset", "auth/email/verify"),
        *("auth/provider/token", "auth/provider/redirect", "auth/webauthn/login", "auth/2fa/authenticate"),
        "tokens/refresh",
    ],
)
def test_nonsense_in_the_body_is_the_callers_fault(db, path, body):
    client = Client(raise_request_exception=False)
    data = body.encode("utf-8", "surrogatepass")
    response = client.post(f"/_allauth/app/v1/{path}", data, content_type="application/json")
    assert 400 <= response.status_code < 500, response.content
    assert response.headers["Content-Type"].startswith("application/json")
