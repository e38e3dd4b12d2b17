"""Signing in by a provider: what it must vouch for."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model

from accounts.tests.calls import codes, post
from accounts.tests.providers import OTHER_KEY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
Member = get_user_model()


def refuse(google, token, **more):
    response = post("auth/social/google", {"id_token": token, **more})
    assert (response.status_code, codes(response)) == (401, [(None, "not_vouched_for")])
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    "claims",
    [
        {"key": OTHER_KEY},
        {"aud": "another-app"},
        {"aud": None},
        {"iss": "https://accounts.google.com.example.org"},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"kid": "unheard-of"},
        {"kid": None},
        {"sub": None},
        {"sub": "x" * 300},
        {"sub": "1\x00"},
        {"key": "s" * 32, "algorithm": "HS256"},
        {"key": None, "algorithm": "none"},
        {"nonce": "the-app-made-it"},
    ],
    ids="-".join,
)
def test_a_token_that_is_not_right_opens_nothing(google, claims):
    refuse(google, google.signed(**claims))


@pytest.mark.parametrize("token", ["x", "a.b.c", "..", "é", "x" * 8192])
def test_nor_does_one_that_is_none(google, token):
    refuse(google, token)


def test_nor_one_cut_short_or_changed(google):
    token = google.signed()
    refuse(google, token[:-20])
    head, body, signature = token.split(".")
    refuse(google, f"{head}.{body[:-4]}AAAA.{signature}")


def test_with_a_code_the_provider_itself_stands_for_a_token_that_names_no_key(google):
    google.codes |= {"c1": {"kid": None}, "c2": {"aud": "another-app", "kid": None}, "c3": {"key": OTHER_KEY}}
    for code in ("c2", "c3"):
        response = post("auth/social/google", {"code": code, "redirect_uri": "https://app"})
        assert codes(response) == [(None, "not_vouched_for")]
    assert post("auth/social/google", {"code": "c1", "redirect_uri": "https://app"}).status_code == 201


def test_a_nonce_is_held_against_the_apps(google):
    token = google.signed(nonce="n-1")
    refuse(google, token, nonce="n-2")
    refuse(google, google.signed(), nonce="n-1")
    assert post("auth/social/google", {"id_token": token, "nonce": "n-1"}).status_code == 201


def test_a_token_with_an_id_is_good_once(google):
    token = google.signed(jti="j-1")
    assert post("auth/social/google", {"id_token": token}).status_code == 201
    assert codes(post("auth/social/google", {"id_token": token})) == [(None, "not_vouched_for")]


@pytest.mark.parametrize("answer", [(500, {}), (200, b"<html>"), (200, []), (200, {"keys": [{}]}), (200, {})], ids=str)
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/oauth2/v3/certs"])
def test_a_provider_that_answers_nonsense_opens_nothing(google, path, answer):
    google.routes[path] = lambda _: answer
    refuse(google, google.signed())


def test_access_tokens_that_tell_no_app_are_not_taken(google):
    response = post("auth/social/google", {"access_token": google.signed()})
    assert codes(response) == [(None, "not_vouched_for")]


@pytest.mark.parametrize("name", ["facebook", "openid_connect", "apple", "google2", "x" * 200])
def test_who_is_not_set_up_is_not_found(google, name):
    assert post(f"auth/social/{name}", {"id_token": google.signed()}).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "id_token"),
        ({"id_token": "a", "code": "b", "redirect_uri": "c"}, "id_token"),
        ({"code": "b"}, "redirect_uri"),
        ({"id_token": ["a"]}, "id_token"),
        ({"id_token": "a" * 9000}, "id_token"),
        ({"id_token": "a", "email": "no"}, "email"),
        ({"id_token": "a", "password": "p" * 1_000_000}, "password"),
    ],
    ids=lambda given: str(given)[:30],
)
def test_a_bad_body_names_the_field(google, body, field):
    response = post("auth/social/google", body)
    assert response.status_code in (400, 413)
    if response.status_code == 400:
        assert {attr for attr, _ in codes(response)} == {field}


@pytest.mark.parametrize(
    ("told", "expected"), [(True, True), ("true", True), ("false", False), (0, False), ([], False)]
)
def test_an_address_is_confirmed_if_the_provider_says_so(google, told, expected):
    assert post("auth/social/google", {"id_token": google.signed(email_verified=told)}).status_code == 201
    assert EmailAddress.objects.get().verified is expected


@pytest.mark.parametrize("odd", [["a@example.org"], {"a": 1}, 5, "not an address", "a@b\r\nc: d", ""], ids=str)
def test_an_odd_address_is_none(google, odd):
    response = post("auth/social/google", {"id_token": google.signed(email=odd)})
    assert codes(response) in ([("email", "required")], [(None, "not_vouched_for")])
    assert not Member.objects.exists()


@pytest.mark.parametrize("odd", [["Eve"], {"a": 1}, 5, "\x00", "\u202e" * 99, None], ids=repr)
def test_an_odd_name_keeps_nobody_out(google, odd):
    response = post("auth/social/google", {"id_token": google.signed(name=odd, given_name=odd, preferred_username=odd)})
    assert response.status_code == 201, response.data


@pytest.mark.parametrize(
    "path", ["facebook/login/", "facebook/login/callback/", "facebook/login/token/", "oidc/x/login/"]
)
def test_the_pages_of_who_is_not_set_up_are_not_found(client, db, path):
    assert client.get(f"/accounts/{path}").status_code == client.post(f"/accounts/{path}").status_code == 404
