"""One's own profile and preferences, and leaving."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import sessions
from accounts.models import Session
from accounts.tests.calls import PASSWORD, call, codes, post, sign_in
from catalog.models import Genre, Provider

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
Member = get_user_model()


@pytest.fixture
def catalogue():
    Genre.objects.bulk_create(Genre(tmdb_id=key, name=str(key)) for key in (18, 27, 35))
    Provider.objects.bulk_create(Provider(tmdb_id=key, name=str(key)) for key in (8, 337))


def profile(access, method="get", body=None):
    return call(method, "users/profile", body, access=access)


def preferences(access, method="get", body=None):
    return call(method, "users/preferences", body, access=access)


def test_one_sees_and_changes_oneself(signed_in):
    changed = {"display_name": "Ann", "bio": "Mostly noir.", "region": "fr", "language": "fr-FR"}
    answer = profile(signed_in["access"], "patch", changed)
    assert answer.status_code == 200
    assert answer.data == profile(signed_in["access"]).data
    assert {name: answer.data[name] for name in changed} == changed | {"region": "FR", "language": "fr"}
    assert answer["Cache-Control"] == "no-store"


def test_what_is_not_named_stays(signed_in):
    profile(signed_in["access"], "patch", {"bio": "Mostly noir."})
    profile(signed_in["access"], "patch", {"display_name": "Ann"})
    assert profile(signed_in["access"]).data["bio"] == "Mostly noir."


@pytest.mark.parametrize(
    "changed", [{"username": "bob"}, {"email": "x@example.org"}, {"follower_count": 9}, {"is_staff": True}, {"id": 7}]
)
def test_what_is_not_to_be_changed_so_is_left_alone(signed_in, ann, changed):
    before = profile(signed_in["access"]).data
    assert profile(signed_in["access"], "patch", changed).status_code == 200
    ann.refresh_from_db()
    assert profile(signed_in["access"]).data == before
    assert not ann.is_staff


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"region": "FRA"}, "region"),
        ({"region": "1"}, "region"),
        ({"region": None}, "region"),
        ({"language": "klingon"}, "language"),
        ({"language": "fr\x00"}, "language"),
        ({"language": []}, "language"),
        ({"bio": "x" * 501}, "bio"),
        ({"bio": {"a": 1}}, "bio"),
        ({"bio": 0}, "bio"),
        ({"display_name": 7}, "display_name"),
        ({"display_name": "x" * 61}, "display_name"),
        ({"display_name": "a\x00b"}, "display_name"),
    ],
    ids=str,
)
def test_what_will_not_do_is_told_of_its_field(signed_in, changed, field):
    response = profile(signed_in["access"], "patch", changed)
    assert response.status_code == 400
    assert codes(response)[0][0] == field


@pytest.mark.parametrize("body", [[], "x", 7, None])
def test_a_body_of_another_shape_changes_nothing(signed_in, body):
    assert profile(signed_in["access"], "patch", body).status_code in {200, 400}
    assert preferences(signed_in["access"], "patch", body).status_code in {200, 400}


@pytest.mark.parametrize("path", ["users/profile", "users/preferences", "users/api-keys", "auth/sessions"])
def test_a_stranger_sees_nothing_of_it(path):
    response = call("get", path)
    assert (response.status_code, codes(response)) == (401, [(None, "not_authenticated")])
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_preferences_are_set_one_by_one(signed_in, catalogue):
    answer = preferences(signed_in["access"], "patch", {"streaming_providers": [337, 8, 8], "favorite_genres": [18]})
    assert answer.data["streaming_providers"] == [8, 337]
    answer = preferences(signed_in["access"], "patch", {"excluded_genres": [27], "privacy": {"history": "private"}})
    assert answer.data == preferences(signed_in["access"]).data
    assert answer.data["favorite_genres"] == [18]
    assert answer.data["privacy"] == {
        "profile": "public",
        "watchlist": "public",
        "history": "private",
        "favorites": "public",
        "reviews": "public",
    }
    assert preferences(signed_in["access"], "patch", {"favorite_genres": []}).data["favorite_genres"] == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"favorite_genres": [18, 999]}, "favorite_genres"),
        ({"favorite_genres": [2**40]}, "favorite_genres.0"),
        ({"favorite_genres": ["x"]}, "favorite_genres.0"),
        ({"favorite_genres": 18}, "favorite_genres"),
        ({"favorite_genres": list(range(1, 202))}, "favorite_genres"),
        ({"streaming_providers": [-1]}, "streaming_providers.0"),
        ({"privacy": {"history": "nobody"}}, "privacy.history"),
        ({"privacy": "private"}, "privacy"),
        ({"include_adult": "perhaps"}, "include_adult"),
    ],
    ids=str,
)
def test_preferences_that_will_not_do_are_told_of_their_field(signed_in, catalogue, changed, field):
    before = preferences(signed_in["access"]).data
    response = preferences(signed_in["access"], "patch", changed)
    assert response.status_code == 400
    assert codes(response)[0][0].startswith(field)
    assert preferences(signed_in["access"]).data == before


def test_ids_cost_one_query_however_many(signed_in, catalogue, django_assert_num_queries):
    preferences(signed_in["access"], "patch", {"favorite_genres": [18]})
    with django_assert_num_queries(4):
        preferences(signed_in["access"])
    changed = {"favorite_genres": [18, 27, 35], "streaming_providers": [8, 337]}
    with CaptureQueriesContext(connection) as asked:
        preferences(signed_in["access"], "patch", changed)
    assert len(asked) <= 14


def test_a_change_is_known_to_the_next_call(signed_in, ann):
    profile(signed_in["access"])
    profile(signed_in["access"], "patch", {"display_name": "Ann"})
    user, _ = sessions.member_of(signed_in["access"])
    assert user.display_name == "Ann"


def test_leaving_wants_the_password_and_can_be_undone(signed_in, ann):
    Session.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert codes(profile(signed_in["access"], "delete")) == [("password", "required")]
    assert codes(profile(signed_in["access"], "delete", {"password": "x"})) == [("password", "wrong_password")]
    left = profile(signed_in["access"], "delete", {"password": PASSWORD})
    assert left.status_code == 202
    ann.refresh_from_db()
    assert timedelta(days=13) < ann.erased_from - timezone.now() < timedelta(days=15)
    assert profile(signed_in["access"]).status_code == 401, "every session has ended"
    back = sign_in("ann")
    assert profile(back["access"]).data["erased_from"]
    assert post("users/profile/restore", access=back["access"]).data["erased_from"] is None
    ann.refresh_from_db()
    assert ann.erased_from is None


def test_one_who_has_just_signed_in_need_not_prove_it_again(signed_in):
    assert profile(signed_in["access"], "delete").status_code == 202


def test_the_last_who_runs_the_place_stays(staff):
    response = profile(sign_in("staff")["access"], "delete", {"password": PASSWORD})
    assert (response.status_code, codes(response)[0][1]) == (400, "last_of_staff")
    Member.objects.create_superuser("second", "second@example.org", PASSWORD)
    assert profile(sign_in("staff")["access"], "delete", {"password": PASSWORD}).status_code == 202
