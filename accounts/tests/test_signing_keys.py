"""The keys that sign tokens: replaced while what they signed goes on."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts import signing
from accounts.models import SigningKey
from accounts.tests.calls import call, post, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]


def test_after_a_rotation_both_keys_verify_and_the_new_one_signs(signed_in):
    old, _ = signing.signing_key()
    call_command("rotate_signing_key")
    new, _ = signing.signing_key()
    assert new != old
    assert call("get", "users/profile", access=signed_in["access"]).status_code == 200
    assert post("auth/refresh", {"refresh": signed_in["refresh"]}).status_code == 200
    assert signing.verifying_key(old)


def test_a_key_is_good_until_what_it_signed_has_expired(signed_in):
    old, _ = signing.signing_key()
    call_command("rotate_signing_key")
    SigningKey.objects.filter(kid=old).update(retired_at=timezone.now() - timedelta(days=31))
    signing.forget()
    assert signing.verifying_key(old) is None
    assert call("get", "users/profile", access=signed_in["access"]).status_code == 401
    call_command("rotate_signing_key")
    assert not SigningKey.objects.filter(kid=old).exists(), "it is cleared away"


def test_another_process_learns_of_a_new_key_when_it_is_shown_one(ann, monkeypatch):
    sign_in("ann")
    monkeypatch.setattr(signing, "LOOK_AGAIN_AFTER", 0.0)
    elsewhere = SigningKey.objects.create(kid="made-elsewhere")
    assert signing.verifying_key(elsewhere.kid)


def test_names_that_are_made_up_do_not_reach_the_database(ann, django_assert_num_queries):
    sign_in("ann")
    with django_assert_num_queries(0):
        assert [signing.verifying_key(f"forged-{n}") for n in range(100)] == [None] * 100


@pytest.mark.parametrize("kid", [None, 7, ["x"], ""])
def test_a_name_that_is_none_is_no_key(ann, kid):
    assert signing.verifying_key(kid) is None


def test_no_key_is_in_the_database(ann):
    kid, secret = signing.signing_key()
    row = SigningKey.objects.get(kid=kid)
    assert secret.hex() not in str(vars(row))


def test_another_secret_key_ends_every_token(signed_in, settings):
    settings.SECRET_KEY = "another" * 10
    assert call("get", "users/profile", access=signed_in["access"]).status_code == 401


def test_the_command_says_what_it_did(ann, capsys):
    call_command("rotate_signing_key")
    assert "30 days" in capsys.readouterr().out
