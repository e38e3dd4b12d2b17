"""Where one is signed in, and out again at once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts import sessions
from accounts.models import Session
from accounts.tests.calls import PASSWORD, call, codes, post, sign_in
from tests.environment import ON_SERVICES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]


def who(access):
    return call("get", "users/profile", access=access).status_code


def test_signing_out_ends_the_session_and_its_access_token_at_once(signed_in):
    assert who(signed_in["access"]) == 200
    assert post("auth/logout", {"refresh": signed_in["refresh"]}).status_code == 204
    assert who(signed_in["access"]) == 401
    assert post("auth/refresh", {"refresh": signed_in["refresh"]}).status_code == 401
    assert post("auth/logout", {"refresh": signed_in["refresh"]}).status_code == 204, "twice is once"


def test_a_spent_token_still_signs_its_own_session_out(signed_in):
    new = post("auth/refresh", {"refresh": signed_in["refresh"]}).data
    assert post("auth/logout", {"refresh": signed_in["refresh"]}).status_code == 204
    assert who(new["access"]) == 401


def test_one_signs_out_everywhere(signed_in, bob):
    other, bobs = sign_in("ann"), sign_in("bob")
    assert post("auth/logout", {"all": True}, access=other["access"]).status_code == 204
    assert [who(each["access"]) for each in (signed_in, other, bobs)] == [401, 401, 200]


def test_everywhere_wants_to_know_who_asks(signed_in):
    assert post("auth/logout", {"all": True}).status_code == 401
    assert who(signed_in["access"]) == 200


@pytest.mark.parametrize("body", [{}, {"refresh": ""}, {"refresh": "x"}, {"all": "perhaps"}, {"refresh": ["x"]}])
def test_nonsense_signs_nobody_out(signed_in, body):
    assert post("auth/logout", body).status_code in {400, 401}
    assert who(signed_in["access"]) == 200


def test_one_sees_where_one_is_signed_in(signed_in, bob):
    sign_in("bob")
    phone = post("auth/login", {"username": "ann", "password": PASSWORD}, **{"user-agent": "A telephone"}).data
    seen = call("get", "auth/sessions", access=phone["access"]).data["results"]
    assert [(each["device"], each["is_current"]) for each in seen] == [("A telephone", True), ("", False)]
    assert seen[0]["address"] == "127.0.0.1"


def test_one_signs_out_there_and_not_where_others_are(signed_in, bob):
    there, bobs = sign_in("ann"), sign_in("bob")
    listed = call("get", "auth/sessions", access=signed_in["access"]).data["results"]
    (other,) = [each["id"] for each in listed if not each["is_current"]]
    bobs_id = call("get", "auth/sessions", access=bobs["access"]).data["results"][0]["id"]
    assert call("delete", f"auth/sessions/{bobs_id}", access=signed_in["access"]).status_code == 404
    assert call("delete", f"auth/sessions/{other}", access=signed_in["access"]).status_code == 204
    assert call("delete", f"auth/sessions/{other}", access=signed_in["access"]).status_code == 404
    assert [who(each["access"]) for each in (signed_in, there, bobs)] == [200, 401, 200]


def test_a_session_that_ran_out_is_none(signed_in, cold):
    Session.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    cold()
    assert who(signed_in["access"]) == 401
    assert post("auth/refresh", {"refresh": signed_in["refresh"]}).status_code == 401


def test_it_is_noted_when_a_device_was_last_seen_but_not_at_each_call(signed_in, cold):
    long_ago = timezone.now() - timedelta(hours=1)
    Session.objects.update(last_seen_at=long_ago)
    cold()
    who(signed_in["access"])
    seen_at = Session.objects.get().last_seen_at
    assert seen_at > long_ago
    cold()
    who(signed_in["access"])
    assert Session.objects.get().last_seen_at == seen_at


def test_one_who_had_just_looked_does_not_bring_an_ended_session_back(signed_in, cold, monkeypatch):
    cold()
    real = sessions._seen

    def slow(held):
        was_alive = real(held)
        sessions.end(Session.objects.all())  # meanwhile, in another process
        return was_alive

    monkeypatch.setattr(sessions, "_seen", slow)
    assert who(signed_in["access"]) == 401
    monkeypatch.setattr(sessions, "_seen", real)
    assert who(signed_in["access"]) == 401


def test_a_longer_list_costs_no_more_queries(signed_in, django_assert_num_queries):
    call("get", "auth/sessions", access=signed_in["access"])
    for _ in range(3):
        with django_assert_num_queries(1):
            call("get", "auth/sessions", access=signed_in["access"])
        Session.objects.bulk_create(
            Session(user_id=Session.objects.get(refresh_jti__gt="").user_id, expires_at=timezone.now() + timedelta(1))
            for _ in range(15)
        )


@pytest.mark.skipif(not ON_SERVICES, reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_renew_at_once_one_is_given_a_pair(ann):
    token = sign_in("ann")["refresh"]
    answers, together = [], threading.Barrier(4)

    def renew():
        together.wait()
        answers.append(post("auth/refresh", {"refresh": token}))
        connection.close()

    threads = [threading.Thread(target=renew) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]
    assert codes(next(answer for answer in answers if answer.status_code == 401)) == [(None, "token_not_valid")]
