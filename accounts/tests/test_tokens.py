"""Access and refresh tokens: made, spent, forged, stolen."""

import uuid
from datetime import timedelta

import jwt
import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from accounts import sessions, signing, tokens
from accounts.identity import tell_changed
from accounts.models import Session, SigningKey
from accounts.tests.calls import call, codes, post, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
Member = get_user_model()
NOT_VALID = [(None, "token_not_valid")]


def who(access):
    return call("get", "users/profile", access=access)


def renew(refresh):
    return post("auth/refresh", {"refresh": refresh})


def claims(token):
    return jwt.decode(token, options={"verify_signature": False})


def forged(token, *, secret=None, headers=None, algorithm="HS256", **changed):
    kid, real = signing.signing_key()
    body = claims(token) | changed
    body = {name: value for name, value in body.items() if value is not None}
    return jwt.encode(body, real if secret is None else secret, algorithm, headers={"kid": kid, **(headers or {})})


def test_the_tokens_say_what_they_are_and_no_more(signed_in):
    access = claims(signed_in["access"])
    assert set(access) == {"token_type", "exp", "iat", "jti", "sub", "sid", "aud"}
    assert access["exp"] - access["iat"] == 600
    assert claims(signed_in["refresh"])["exp"] - access["iat"] == 30 * 86_400
    assert jwt.get_unverified_header(signed_in["access"])["kid"] == SigningKey.objects.get().kid


def test_a_refresh_token_gives_a_new_pair_and_is_spent(signed_in):
    response = renew(signed_in["refresh"])
    assert response.status_code == 200
    assert set(response.data) == {"access", "refresh"}
    assert response.data["refresh"] != signed_in["refresh"]
    assert who(response.data["access"]).data["username"] == "ann"
    assert who(signed_in["access"]).status_code == 200, "the session goes on"
    assert renew(response.data["refresh"]).status_code == 200


def test_whoever_uses_a_spent_one_ends_the_whole_family(signed_in):
    new = renew(signed_in["refresh"]).data
    thief = renew(signed_in["refresh"])
    assert (thief.status_code, codes(thief)) == (401, NOT_VALID)
    assert renew(new["refresh"]).status_code == 401
    assert who(new["access"]).status_code == who(signed_in["access"]).status_code == 401
    assert Session.objects.get().ended_at


def test_other_sessions_of_the_member_go_on(signed_in):
    other = sign_in("ann")
    renew(signed_in["refresh"])
    renew(signed_in["refresh"])
    assert who(other["access"]).status_code == 200


def test_each_renewal_gives_thirty_days_more(signed_in):
    Session.objects.update(expires_at=timezone.now() + timedelta(minutes=1))
    assert renew(signed_in["refresh"]).status_code == 200
    assert Session.objects.get().expires_at > timezone.now() + timedelta(days=29)


FORGERIES = {
    "no algorithm": lambda token: forged(token, secret="", algorithm="none"),
    "another key": lambda token: forged(token, secret=b"x" * 32),
    "another audience": lambda token: forged(token, aud="another-api"),
    "no audience": lambda token: forged(token, aud=None),
    "made tomorrow": lambda token: forged(token, iat=int(timezone.now().timestamp()) + 86_400),
    "expired": lambda token: forged(token, exp=int(timezone.now().timestamp()) - 1),
    "never expiring": lambda token: forged(token, exp=None),
    "another algorithm": lambda token: forged(token, algorithm="HS512", secret=b"x" * 64),
    "a key's name that is none": lambda token: forged(token, headers={"kid": "none"}),
    "a path as a key's name": lambda token: forged(token, headers={"kid": "../../etc/passwd"}),
    "another member's number": lambda token: forged(token, sub="999999"),
    "a member's number that is none": lambda token: forged(token, sub="ann"),
    "no member": lambda token: forged(token, sub=None),
    "another session": lambda token: forged(token, sid=uuid.uuid4().hex),
    "a session that is none": lambda token: forged(token, sid="x"),
    "no session": lambda token: forged(token, sid=None),
    "no id": lambda token: forged(token, jti=None),
    "of another type": lambda token: forged(token, token_type="sliding"),
    "cut off": lambda token: token[:-4],
    "its body alone": lambda token: token.split(".")[1],
    "nothing": lambda token: "",
    "no token": lambda token: "a.b.c",
    "not ASCII": lambda token: "é.é.é",
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_access_token_opens_nothing(signed_in, forge):
    response = who(f"Bearer {forge(signed_in['access'])}")
    assert (response.status_code, codes(response)) == (401, NOT_VALID)
    assert who(signed_in["access"]).status_code == 200, "nor does it end anything"


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_refresh_token_gives_nothing(signed_in, forge):
    assert renew(forge(signed_in["refresh"])).status_code in {400, 401}
    assert renew(signed_in["refresh"]).status_code == 200


def test_one_kind_is_not_taken_for_the_other(signed_in):
    assert who(signed_in["refresh"]).status_code == 401
    assert renew(signed_in["access"]).status_code == 401


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer "])
def test_the_scheme_is_read_whatever_its_capitals(signed_in, scheme):
    assert who(f"{scheme} {signed_in['access']}").status_code == 200


@pytest.mark.parametrize("header", ["Basic YW5uOng=", "Token x", "Bearer", "Api-Key"])
def test_another_scheme_says_nothing(ann, header):
    response = who(f"{header} " if " " not in header else header)
    assert response.status_code == 401


@pytest.mark.parametrize("is_warm", [True, False])
def test_the_tokens_of_a_member_who_is_shut_out_or_gone_open_nothing(ann, signed_in, cold, is_warm):
    other = sign_in("ann")
    if not is_warm:
        cold()
    Member.objects.filter(pk=ann.pk).update(is_active=False)
    tell_changed(ann)
    assert who(signed_in["access"]).status_code == 401
    assert renew(signed_in["refresh"]).status_code == 401
    Member.objects.filter(pk=ann.pk).delete()
    cold()
    assert who(other["access"]).status_code == 401
    assert renew(other["refresh"]).status_code == 401


def test_a_known_caller_costs_one_look_at_the_cache_and_no_query(signed_in, django_assert_num_queries, looks):
    sessions.member_of(signed_in["access"])
    looks.clear()
    with django_assert_num_queries(0):
        user, _ = sessions.member_of(signed_in["access"])
    assert (user.username, looks) == ("ann", ["get_many"])


def test_a_token_that_was_good_is_good_no_longer_than_it_says(signed_in, monkeypatch):
    access = signed_in["access"]
    assert sessions.member_of(access)
    monkeypatch.setattr(tokens.time, "time", lambda: claims(access)["exp"])
    assert sessions.member_of(access) is None


def test_a_token_that_was_good_ends_with_its_key(signed_in):
    access = signed_in["access"]
    assert sessions.member_of(access)
    signing.rotate()
    signing.forget()
    assert sessions.member_of(access)
    long_ago = timezone.now() - timedelta(days=31)
    SigningKey.objects.exclude(retired_at=None).update(retired_at=long_ago)
    signing.forget()
    assert sessions.member_of(access) is None


def test_a_token_that_was_good_ends_with_the_secret_key(signed_in, settings):
    access = signed_in["access"]
    assert sessions.member_of(access)
    settings.SECRET_KEY = "another" * 10
    assert sessions.member_of(access) is None
