"""Keys for apps: what they open, how they end, what they cost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import api_keys
from accounts.models import ApiKey
from accounts.tests.calls import call, codes, post, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]


def make(access, name="My calendar", scopes=("read",), **more):
    return post("users/api-keys", {"name": name, "scopes": list(scopes), **more}, access=access)


def by(key, method="get", path="users/profile", body=None):
    return call(method, path, body, access=f"Api-Key {key}")


def test_a_key_opens_what_it_is_for(signed_in):
    made = make(signed_in["access"])
    assert made.status_code == 201
    key = made.data["key"]
    assert by(key).data["username"] == "ann"
    refused = by(key, "patch", body={"bio": "x"})
    assert (refused.status_code, codes(refused)) == (403, [(None, "read_only_key")])
    writer = make(signed_in["access"], scopes=["write"])
    assert writer.data["scopes"] == ["read", "write"]
    assert by(writer.data["key"], "patch", body={"bio": "Hello."}).data["bio"] == "Hello."


def test_the_secret_is_shown_once_and_nowhere_kept(signed_in):
    key = make(signed_in["access"]).data["key"]
    listed = call("get", "users/api-keys", access=signed_in["access"])
    assert key not in listed.content.decode()
    row = ApiKey.objects.get()
    assert key not in str(vars(row))
    assert listed.data["results"][0]["prefix"] == row.prefix
    assert row.prefix in key
    assert len(row.prefix) < 10


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", "users/api-keys", None),
        ("post", "users/api-keys", {"name": "More", "scopes": ["write"]}),
        ("get", "auth/sessions", None),
        ("post", "auth/password/change", {"password": "x", "new_password": "y"}),
        ("delete", "users/profile", {}),
        ("post", "users/profile/restore", {}),
        ("post", "auth/logout", {"all": True}),
    ],
)
def test_a_key_does_not_reach_for_the_keys_of_the_house(signed_in, method, path, body):
    key = make(signed_in["access"], scopes=["write"]).data["key"]
    assert by(key, method, path, body).status_code in {401, 403}


def test_a_key_that_is_replaced_goes_on_for_a_while(signed_in, cold):
    made = make(signed_in["access"]).data
    first = made["key"]
    assert by(first).status_code == 200
    second = post(f"users/api-keys/{made['id']}/rotate", access=signed_in["access"]).data
    assert second["former_until"] > timezone.now().isoformat()
    assert by(first).status_code == by(second["key"]).status_code == 200
    third = post(f"users/api-keys/{made['id']}/rotate", access=signed_in["access"]).data["key"]
    assert [by(key).status_code for key in (first, second["key"], third)] == [401, 200, 200]
    ApiKey.objects.update(former_until=timezone.now() - timedelta(seconds=1))
    cold()
    assert [by(key).status_code for key in (second["key"], third)] == [401, 200]


def test_a_key_that_is_revoked_is_dead_at_once_with_the_one_before_it(signed_in):
    made = make(signed_in["access"]).data
    second = post(f"users/api-keys/{made['id']}/rotate", access=signed_in["access"]).data["key"]
    assert by(made["key"]).status_code == by(second).status_code == 200
    assert call("delete", f"users/api-keys/{made['id']}", access=signed_in["access"]).status_code == 204
    assert by(made["key"]).status_code == by(second).status_code == 401
    assert call("delete", f"users/api-keys/{made['id']}", access=signed_in["access"]).status_code == 404


def test_a_key_ends_when_it_was_to_also_where_it_is_well_known(signed_in, monkeypatch):
    expires_at = timezone.now() + timedelta(days=1)
    key = make(signed_in["access"], expires_at=expires_at.isoformat()).data["key"]
    assert by(key).status_code == 200
    monkeypatch.setattr("accounts.api_keys.timezone.now", lambda: expires_at + timedelta(seconds=1))
    assert by(key).status_code == 401


def test_others_keys_are_not_there(signed_in, bob):
    theirs = make(sign_in("bob")["access"]).data
    for method, path in (("delete", ""), ("post", "/rotate")):
        assert call(method, f"users/api-keys/{theirs['id']}{path}", access=signed_in["access"]).status_code == 404
    assert call("get", "users/api-keys", access=signed_in["access"]).data["results"] == []
    assert by(theirs["key"]).data["username"] == "bob"


@pytest.mark.parametrize(
    "key", ["", "x", "mq_1_" + "x" * 43, "mq_zzzzzzzzzzzz_" + "x" * 43, "mq__" + "x" * 43, "mq_1_é" + "x" * 42, "a b"]
)
def test_a_made_up_key_opens_nothing(ann, key):
    response = by(key)
    assert (response.status_code, codes(response)) == (401, [(None, "key_not_valid")])


def test_another_members_number_in_a_key_opens_neither(signed_in, bob):
    key = make(signed_in["access"]).data["key"]
    head, _, secret = key.removeprefix("mq_").partition("_")
    assert int(head, 36) != bob.pk
    assert by(f"mq_{bob.pk}_{secret}").status_code == 401
    assert by(key).status_code == 200


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"scopes": ["read"]}, ("name", "required")),
        ({"name": "", "scopes": ["read"]}, ("name", "blank")),
        ({"name": 0, "scopes": ["read"]}, ("name", "invalid")),
        ({"name": "x" * 61, "scopes": ["read"]}, ("name", "max_length")),
        ({"name": "x"}, ("scopes", "required")),
        ({"name": "x", "scopes": []}, ("scopes", "min_length")),
        ({"name": "x", "scopes": ["admin"]}, ("scopes.0", "invalid_choice")),
        ({"name": "x", "scopes": "read"}, ("scopes", "not_a_list")),
        ({"name": "x", "scopes": ["read"], "expires_at": "2020-01-01T00:00:00Z"}, ("expires_at", "invalid")),
        ({"name": "x", "scopes": ["read"], "expires_at": "soon"}, ("expires_at", "invalid")),
    ],
)
def test_what_is_wrong_is_told(signed_in, body, fault):
    response = post("users/api-keys", body, access=signed_in["access"])
    assert response.status_code == 400
    assert fault in codes(response)


def test_there_is_an_end_to_how_many_one_has(signed_in, monkeypatch):
    monkeypatch.setattr(api_keys, "MOST_KEYS", 2)
    assert [make(signed_in["access"]).status_code for _ in range(3)] == [201, 201, 400]
    ApiKey.objects.filter(pk=ApiKey.objects.first().pk).update(revoked_at=timezone.now())
    assert make(signed_in["access"]).status_code == 201


def test_a_known_key_costs_one_look_at_the_cache_and_no_query(signed_in, looks, django_assert_num_queries):
    key = make(signed_in["access"]).data["key"]
    api_keys.member_of(key)
    looks.clear()
    with django_assert_num_queries(0):
        user, grant = api_keys.member_of(key)
    assert (user.username, grant.can_write, looks) == ("ann", False, ["get_many"])


def test_it_is_noted_when_a_key_was_last_used(signed_in):
    key = make(signed_in["access"]).data["key"]
    assert ApiKey.objects.get().last_used_at is None
    by(key)
    assert ApiKey.objects.get().last_used_at


def test_a_longer_list_costs_no_more_queries(signed_in, ann, django_assert_num_queries):
    call("get", "users/api-keys", access=signed_in["access"])
    for _ in range(2):
        with django_assert_num_queries(1):
            call("get", "users/api-keys", access=signed_in["access"])
        for _ in range(10):
            api_keys.make(user=ann, name="x", can_write=False)
