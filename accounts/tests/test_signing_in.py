"""In by a password: who may, how often, at what cost, and what is learnt by trying."""

import bcrypt
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from accounts.models import Session
from accounts.tests.calls import PASSWORD, call, codes, post, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
Member = get_user_model()


@pytest.mark.parametrize(
    "by", [{"username": "ann"}, {"username": "ANN"}, {"email": "Ann@example.org"}, {"username": "ann@example.org"}]
)
def test_one_signs_in_by_name_or_by_address_whatever_its_capitals(ann, by):
    response = post("auth/login", {**by, "password": PASSWORD}, **{"user-agent": "Marquee for Android"})
    assert response.status_code == 200
    assert response.data["user"]["username"] == "ann"
    assert call("get", "users/profile", access=response.data["access"]).status_code == 200
    assert Session.objects.get().device == "Marquee for Android"
    ann.refresh_from_db()
    assert ann.last_login


@pytest.mark.parametrize(
    "given",
    [
        {"username": "ann", "password": "wrong"},
        {"username": "nobody", "password": PASSWORD},
        {"email": "nobody@example.org", "password": PASSWORD},
        {"username": "bob@example.org@", "password": PASSWORD},
        {"username": "ann", "password": " " + PASSWORD},
        {"username": "a\nn", "password": PASSWORD},
    ],
)
def test_whoever_does_not_is_told_the_same(ann, given):
    response = post("auth/login", given)
    assert (response.status_code, codes(response)) == (401, [(None, "wrong_credentials")])
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert not Session.objects.exists()


def test_a_member_who_was_shut_out_is_told_the_same(ann):
    Member.objects.update(is_active=False)
    assert codes(post("auth/login", {"username": "ann", "password": PASSWORD})) == [(None, "wrong_credentials")]


@pytest.mark.parametrize("login", ["ann", "nobody", "shut", "unusable"])
def test_the_same_work_is_done_for_any_name(ann, monkeypatch, login):
    Member.objects.create_user("shut", "shut@example.org", PASSWORD, is_active=False)
    Member.objects.create_user("unusable", "unusable@example.org")
    hashed = []
    monkeypatch.setattr(bcrypt, "hashpw", lambda *args, real=bcrypt.hashpw: hashed.append(1) or real(*args))
    post("auth/login", {"username": login, "password": "wrong"})
    assert len(hashed) == 1


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({}, ("password", "required")),
        ({"password": PASSWORD}, ("username", "required")),
        ({"username": "", "password": PASSWORD}, ("username", "blank")),
        ({"username": {"$ne": 1}, "password": PASSWORD}, ("username", "invalid")),
        ({"username": "ann", "password": ["x"]}, ("password", "invalid")),
        ({"username": "a\x00nn", "password": PASSWORD}, ("username", "null_characters_not_allowed")),
        ({"username": "ann", "password": "x" * 1025}, ("password", "max_length")),
        ({"username": "ann", "password": PASSWORD, "otp": "1" * 33}, ("otp", "max_length")),
    ],
)
def test_a_body_that_is_none_is_a_fault_of_its_field(ann, body, fault):
    response = post("auth/login", body)
    assert response.status_code == 400
    assert fault in codes(response)


def test_guessing_at_one_account_ends_wherever_it_comes_from(ann, settings):
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"account": "3/min", "login": "1000/min"}
    guesses = [post("auth/login", {"username": "ANN", "password": f"guess {n}"}) for n in range(4)]
    assert [guess.status_code for guess in guesses] == [401, 401, 401, 429]
    right = post("auth/login", {"username": "ann", "password": PASSWORD})
    assert right.status_code == 429, "also with the right password, or the guessing would be told of success"
    assert int(right["Retry-After"]) > 0
    assert post("auth/login", {"username": "nobody", "password": "x"}).status_code == 401, "others are let in"


def test_guessing_from_one_address_ends_whatever_it_guesses_at(ann, settings):
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"login": "3/min"}
    guesses = [post("auth/login", {"username": f"member{n}", "password": "x"}) for n in range(4)]
    assert [guess.status_code for guess in guesses] == [401, 401, 401, 429]


def test_signing_in_takes_six_queries_at_the_most(ann, django_assert_max_num_queries):
    sign_in("ann")  # the keys are known from now on
    with django_assert_max_num_queries(6):
        sign_in("ann")


@pytest.mark.parametrize("algorithm", ["pbkdf2_sha256", "argon2"])
def test_a_password_of_an_older_kind_opens_and_is_hashed_anew(ann, algorithm):
    Member.objects.update(password=make_password(PASSWORD, hasher=algorithm))
    sign_in("ann")
    ann.refresh_from_db()
    assert ann.password.startswith("bcrypt_sha256$$2b$04$")


def test_a_hash_of_another_cost_is_made_anew(ann, settings):
    settings.PASSWORD_ROUNDS = 5
    sign_in("ann")
    ann.refresh_from_db()
    assert ann.password.startswith("bcrypt_sha256$$2b$05$")
    sign_in("ann")


def test_a_long_password_counts_whole():
    Member.objects.create_user("eve", "eve@example.org", "x" * 100)
    assert sign_in("eve", "x" * 100)
    assert post("auth/login", {"username": "eve", "password": "x" * 99}).status_code == 401


def test_no_password_reaches_the_log(ann, capfd):
    sign_in("ann")
    post("auth/login", {"username": "ann", "password": "quite another secret"})
    written = "".join(capfd.readouterr())
    assert "auth/login" in written
    for secret in (PASSWORD, "quite another secret", "ann@example.org", "eyJ"):
        assert secret not in written


def test_what_a_stranger_shows_at_the_door_is_not_looked_at(ann):
    response = post("auth/login", {"username": "ann", "password": PASSWORD}, access="nonsense")
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
