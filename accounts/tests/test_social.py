"""Signing in by a provider: whom it lets in, and whom no provider does."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.auth import get_user_model
from django.core import mail

from accounts.models import Session
from accounts.tests.calls import PASSWORD, call, codes, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
Member = get_user_model()


@pytest.fixture
def confirming(settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


def by_google(google, more=None, **claims):
    return post("auth/social/google", {"id_token": google.signed(**claims)} | (more or {}))


def test_a_stranger_is_signed_up_and_in_and_then_known(google):
    response = by_google(google)
    assert response.status_code == 201, response.data
    assert response.data["user"]["display_name"] == "Eve Ning"
    assert call("get", "users/profile", access=response.data["access"]).data["email"] == "eve@example.org"
    assert EmailAddress.objects.get().verified
    assert mail.outbox == []
    again = by_google(google, name="Another", email="other@example.org")
    assert (again.status_code, again.data["user"]) == (200, response.data["user"])


def test_of_what_the_provider_tells_little_is_kept(google):
    by_google(google, picture="https://example.org/me.png", locale="fr", hd="example.org")
    assert SocialAccount.objects.get().extra_data == {"name": "Eve Ning", "email": "eve@example.org"}
    assert not SocialToken.objects.exists()
    assert not Member.objects.get().has_usable_password()


def test_the_app_may_choose_the_username(google):
    assert by_google(google, {"username": "Evening"}).data["user"]["username"] == "Evening"
    taken = by_google(google, {"username": "EVENING"}, sub="2", email="two@example.org")
    assert codes(taken) == [("username", "taken")]
    assert codes(by_google(google, {"username": "admin"}, sub="2", email="two@example.org")) == [
        ("username", "reserved")
    ]


@pytest.mark.parametrize(
    ("name", "email", "expected"),
    [
        ("Zoë Ångström", "z@example.org", "Zoe.Angstrom"),
        ("Анна", "anna.k@example.org", "anna.k"),
        ("", "admin@example.org", "admin"),
        ("Анна", "--@example.org", "member"),
        ("x" * 300, "z@example.org", "x" * 20),
    ],
)
def test_else_one_is_made_up_that_is_free(google, name, email, expected):
    made = by_google(google, name=name, email=email).data["user"]["username"]
    assert made.startswith(expected)
    assert made != "admin"
    assert by_google(google, sub="2", name=name, email="2" + email).data["user"]["username"] != made


def test_a_code_is_traded_for_who_it_is(google):
    google.codes["c1"] = {"sub": "5"}
    sent = {"code": "c1", "redirect_uri": "com.example.app:/back", "code_verifier": "v" * 43}
    assert post("auth/social/google", sent).status_code == 201
    asked = google.asked[0]
    assert (asked["redirect_uri"], asked["code_verifier"]) == ("com.example.app:/back", "v" * 43)
    assert asked["client_secret"] == "s"
    assert codes(post("auth/social/google", sent)) == [(None, "not_vouched_for")]


def test_an_address_that_somebody_has_signs_nobody_in_as_them(google, ann):
    response = by_google(google, email="Ann@Example.org")
    assert (response.status_code, codes(response)) == (401, [(None, "proof_required")])
    wrong = by_google(google, {"password": "not it"}, email="ann@example.org")
    assert codes(wrong) == [(None, "wrong_credentials")]
    assert not SocialAccount.objects.exists()
    assert not Session.objects.exists()


def test_with_its_password_the_two_are_tied(google, ann):
    tied = by_google(google, {"password": PASSWORD}, email="ann@example.org")
    assert (tied.status_code, tied.data["user"]["username"]) == (200, "ann")
    assert by_google(google, email="elsewhere@example.org").data["user"]["username"] == "ann"
    ann.refresh_from_db()
    assert ann.check_password(PASSWORD)


def test_a_second_factor_is_not_walked_around(google, ann):
    TOTP.activate(ann, generate_totp_secret())
    tie = by_google(google, {"password": PASSWORD}, email="ann@example.org")
    assert codes(tie) == [(None, "otp_required")]
    assert not SocialAccount.objects.exists()
    SocialAccount.objects.create(user=ann, provider="google", uid="1122")
    assert codes(by_google(google)) == [(None, "otp_required")]
    assert codes(by_google(google, {"otp": "000000"})) == [(None, "wrong_credentials")]
    assert not Session.objects.exists()


def test_guesses_of_the_factor_are_counted(google, ann, settings):
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"account": "3/hour"}
    TOTP.activate(ann, generate_totp_secret())
    SocialAccount.objects.create(user=ann, provider="google", uid="1122")
    answers = [by_google(google, {"otp": "000000"}).status_code for _ in range(4)]
    assert answers == [401, 401, 401, 429]


def test_who_is_deactivated_stays_out(google, ann):
    SocialAccount.objects.create(user=ann, provider="google", uid="1122")
    Member.objects.update(is_active=False)
    assert codes(by_google(google)) == [(None, "wrong_credentials")]


def test_an_address_that_is_not_sure_is_to_be_confirmed(google, confirming):
    response = by_google(google, email_verified=False)
    assert (response.status_code, set(response.data)) == (201, {"user", "detail"})
    assert mail.outbox[0].to == ["eve@example.org"]
    assert codes(by_google(google, email_verified=False)) == [(None, "email_not_confirmed")]


def test_nobody_learns_by_an_unsure_address_who_is_here(google, ann, confirming):
    response = by_google(google, email="ann@example.org", email_verified=False)
    assert (response.status_code, set(response.data)) == (201, {"user", "detail"})
    assert not SocialAccount.objects.exists()
    assert mail.outbox[0].to == ["ann@example.org"]


def test_facebook_is_asked_for_which_app_a_token_was_made(facebook):
    facebook.tokens = {
        "good": ("77", {"id": "9", "name": "Fay", "email": "fay@example.org"}),
        "another apps": ("78", {"id": "9", "name": "Fay"}),
    }
    for token in ("another apps", "unknown"):
        assert codes(post("auth/social/facebook", {"access_token": token})) == [(None, "not_vouched_for")]
    response = post("auth/social/facebook", {"access_token": "good"})
    assert (response.status_code, response.data["user"]["email"]) == (201, "fay@example.org")
    assert not EmailAddress.objects.get().verified, "Facebook does not say that it is"


def test_one_whose_provider_tells_no_address_gives_it(facebook):
    facebook.tokens["good"] = ("77", {"id": "9", "name": "Fay"})
    assert codes(post("auth/social/facebook", {"access_token": "good"})) == [("email", "required")]
    response = post("auth/social/facebook", {"access_token": "good", "email": "Fay@example.org"})
    assert (response.status_code, response.data["user"]["email"]) == (201, "fay@example.org")
    assert not EmailAddress.objects.get().verified
