"""Passwords changed and lost, and what that ends."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail

from accounts.tests.calls import PASSWORD, call, codes, link_in_mail, post, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
Member = get_user_model()
NEW = "another quiet sentence"


def key_in_mail():
    """`.../accounts/password/reset/key/3-cz4j1v-8c1d/`"""
    return link_in_mail().rstrip("/").rpartition("/")[2]


def who(access):
    return call("get", "users/profile", access=access).status_code


def change(access, password=PASSWORD, new=NEW):
    return post("auth/password/change", {"password": password, "new_password": new}, access=access)


def test_a_change_ends_every_other_session(signed_in):
    other = sign_in("ann")
    assert change(signed_in["access"]).status_code == 204
    assert [who(each["access"]) for each in (signed_in, other)] == [200, 401]
    assert sign_in("ann", NEW)
    assert post("auth/login", {"username": "ann", "password": PASSWORD}).status_code == 401


@pytest.mark.parametrize(
    ("password", "new", "fault"),
    [
        ("wrong", NEW, ("password", "wrong_password")),
        (PASSWORD, "short", ("new_password", "password_too_short")),
        (PASSWORD, "ann@example.org", ("new_password", "password_too_similar")),
        (PASSWORD, "", ("new_password", "blank")),
        (PASSWORD, None, ("new_password", "null")),
    ],
)
def test_a_change_that_will_not_do_changes_nothing(signed_in, password, new, fault):
    response = change(signed_in["access"], password, new)
    assert response.status_code == 400
    assert fault in codes(response)
    assert sign_in("ann")


def test_to_guess_at_the_present_password_is_to_guess_at_the_account(signed_in, settings):
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"account": "3/min", "login": "1000/min"}
    tries = [change(signed_in["access"], f"guess {n}").status_code for n in range(4)]
    assert tries.count(429) >= 1
    assert set(tries) == {400, 429}


def test_a_stranger_changes_nothing(ann):
    assert change("").status_code == 401


def test_a_lost_password_is_set_anew_by_the_link_of_the_mail(signed_in):
    assert post("auth/password/reset", {"email": "ANN@example.org"}).status_code == 204
    assert mail.outbox[-1].to == ["ann@example.org"]
    key = key_in_mail()
    assert post("auth/password/reset/confirm", {"key": key, "password": NEW}).status_code == 204
    assert who(signed_in["access"]) == 401, "whoever knew the old one is out"
    assert sign_in("ann", NEW)
    again = post("auth/password/reset/confirm", {"key": key, "password": PASSWORD})
    assert (again.status_code, codes(again)) == (400, [("key", "not_valid")])


def test_the_link_leads_to_a_page_of_this_site(ann, client):
    post("auth/password/reset", {"email": "ann@example.org"})
    page = client.get(link_in_mail(), follow=True)
    assert page.status_code == 200
    assert "password1" in page.content.decode()


def test_a_link_is_void_once_its_owner_signs_in(ann):
    post("auth/password/reset", {"email": "ann@example.org"})
    key = key_in_mail()
    sign_in("ann")
    assert post("auth/password/reset/confirm", {"key": key, "password": NEW}).status_code == 400


def test_an_address_that_nobody_has_is_not_told_apart(ann, django_assert_num_queries):
    sent = []
    for address in ("ann@example.org", "nobody@example.org"):
        with django_assert_num_queries(1):
            response = post("auth/password/reset", {"email": address})
        sent.append((response.status_code, response.content, dict(response.headers).keys()))
    assert sent[0] == sent[1]
    assert [message.to for message in mail.outbox] == [["ann@example.org"]]


def test_one_who_is_shut_out_gets_no_link(ann):
    Member.objects.update(is_active=False)
    post("auth/password/reset", {"email": "ann@example.org"})
    assert mail.outbox == []


def test_a_password_that_will_not_do_leaves_the_link_good(ann):
    post("auth/password/reset", {"email": "ann@example.org"})
    key = key_in_mail()
    weak = post("auth/password/reset/confirm", {"key": key, "password": "short"})
    assert codes(weak) == [("password", "password_too_short")]
    assert post("auth/password/reset/confirm", {"key": key, "password": NEW}).status_code == 204


@pytest.mark.parametrize("key", ["", "x", "1-x", "-", "zzzzzzzzzzzzz-x", "1-c-0" * 30, "\x00-\x00", "é-é", None, []])
def test_a_forged_link_sets_nothing(ann, key):
    assert post("auth/password/reset/confirm", {"key": key, "password": NEW}).status_code == 400
    assert sign_in("ann")


def test_a_link_of_one_member_is_not_anothers(ann, bob):
    post("auth/password/reset", {"email": "ann@example.org"})
    number, _, rest = key_in_mail().partition("-")
    assert int(number, 36) == ann.pk
    forged = f"{bob.pk:x}-{rest}"
    assert post("auth/password/reset/confirm", {"key": forged, "password": NEW}).status_code == 400


def test_the_host_of_the_link_is_one_that_is_allowed(ann):
    response = post("auth/password/reset", {"email": "ann@example.org"}, host="evil.example")
    assert response.status_code == 400
    assert mail.outbox == []
