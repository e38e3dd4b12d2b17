"""The catalogue knows who calls: their limit, a credential that is bad, and the services that they have chosen."""

import time

import pytest
from django.test import Client

from accounts import identity, sessions
from accounts.models import User
from accounts.tests.calls import call, codes, post
from catalog.models import Provider
from catalog.tests.films import make_movie, make_offer, make_provider
from conftest import forget
from web.identified import forget_callers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
LISTS = ["movies", "streaming/movies"]


@pytest.fixture
def films(ann):
    """Netflix, Disney and Arte; a film on each in France, one on Netflix in Germany alone."""
    netflix, disney, arte = (make_provider(pk, name, FR=pk) for pk, name in ((8, "N"), (337, "D"), (234, "A")))
    for movie_id, provider, region in ((1, netflix, "FR"), (2, disney, "FR"), (3, arte, "FR"), (4, netflix, "DE")):
        make_offer(make_movie(movie_id, f"Film {movie_id}"), provider, region=region)
    User.objects.filter(pk=ann.pk).update(region="FR")


@pytest.fixture
def chosen(ann, films):
    ann.streaming_providers.set([8, 337])


def shown(response):
    assert response.status_code == 200, response.content
    return sorted(row["id"] for row in response.json()["results"])


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("on_my_services=true", [1, 2]),
        ("on_my_services=true&region=DE", [4]),
        ("on_my_services=true&region=", [1, 2]),
        ("on_my_services=true&provider=8,234", [1]),
        ("on_my_services=true&provider=234", []),
        ("on_my_services=false&provider=234&region=FR", [3]),
        ("on_my_services=&provider=234&region=FR", [3]),
    ],
)
def test_a_member_finds_what_their_services_have(chosen, signed_in, path, query, expected):
    for _ in range(2):  # computed, then kept
        assert shown(call("get", f"{path}?{query}", access=signed_in["access"])) == expected


@pytest.mark.parametrize("path", LISTS)
def test_who_has_chosen_no_service_finds_nothing(films, signed_in, path):
    assert shown(call("get", f"{path}?on_my_services=true", access=signed_in["access"])) == []


@pytest.mark.parametrize("path", LISTS)
def test_nobody_has_no_services(chosen, signed_in, path):
    wish = f"{path}?on_my_services=true"
    call("get", wish, access=signed_in["access"])
    response = call("get", wish)
    assert (response.status_code, codes(response)) == (401, [(None, "not_authenticated")])


@pytest.mark.parametrize(
    "query",
    [
        "on_my_services=maybe",
        "on_my_services=1",
        "on_my_services=True",
        "on_my_services=true&provider=x",
        "on_my_services=true&region=1",
    ],
)
def test_nonsense_beside_the_wish_is_told(chosen, signed_in, query):
    response = call("get", f"movies?{query}", access=signed_in["access"])
    assert response.status_code == 400
    assert codes(response)[0][0] == query.rpartition("&")[2].partition("=")[0]


def test_an_answer_of_ones_own_is_kept_by_no_shared_cache(chosen, signed_in):
    mine = call("get", "movies?on_my_services=true", access=signed_in["access"])
    assert mine.headers["Cache-Control"] == "private, max-age=60"
    assert {"Authorization", "Cookie"} <= set(mine.headers["Vary"].split(", "))
    named = call("get", "movies?provider=8,337&region=FR")
    assert named.headers["Cache-Control"] == "public, max-age=60"
    assert "Authorization" not in named.headers["Vary"]
    assert named.headers["ETag"] == mine.headers["ETag"]


def test_members_with_the_same_services_share_what_was_computed(chosen, signed_in, django_assert_num_queries):
    call("get", "movies?provider=8,337&region=FR")
    call("get", "users/profile", access=signed_in["access"])
    with django_assert_num_queries(1):
        call("get", "movies?on_my_services=true", access=signed_in["access"])


def test_a_change_of_services_is_seen_at_once(chosen, signed_in):
    wish = {"path": "movies?on_my_services=true", "access": signed_in["access"]}
    assert shown(call("get", **wish)) == [1, 2]
    changed = call("patch", "users/preferences", {"streaming_providers": [234]}, signed_in["access"])
    assert changed.status_code == 200
    assert shown(call("get", **wish)) == [3]


def test_as_many_services_as_one_may_choose_can_be_asked_about(ann, signed_in):
    many = range(1001, 1201)
    Provider.objects.bulk_create(Provider(pk=pk, name=str(pk)) for pk in many)
    ann.streaming_providers.set(many)
    assert shown(call("get", "movies?on_my_services=true", access=signed_in["access"])) == []


def test_a_browser_and_a_key_are_members_too(chosen, ann, signed_in):
    browser = Client()
    browser.force_login(ann)
    assert shown(browser.get("/api/v1/movies?on_my_services=true")) == [1, 2]
    key = post("users/api-keys", {"name": "App", "scopes": ["read"]}, signed_in["access"]).data["key"]
    assert shown(call("get", "movies?on_my_services=true", access=f"Api-Key {key}")) == [1, 2]


@pytest.mark.parametrize("credential", ["Bearer x.y.z", "Bearer ", "Api-Key mq_nothing", "bearer é"])
def test_a_bad_credential_is_told_even_where_none_is_needed(films, credential):
    for _ in range(2):
        call("get", "movies")  # kept, and no excuse
        assert call("get", "movies", access=credential).status_code == 401


def test_who_has_signed_out_is_known_no_more(signed_in):
    access = signed_in["access"]
    assert call("get", "genres", access=access).status_code == 200
    assert post("auth/logout", {"refresh": signed_in["refresh"]}, access).status_code == 204
    assert call("get", "genres", access=access).status_code == 401


def test_a_member_has_the_limit_of_members(signed_in):
    assert call("get", "genres", access=signed_in["access"]).headers["RateLimit-Policy"].startswith('"user"')
    assert call("get", "genres").headers["RateLimit-Policy"].startswith('"anon"')


def test_guessing_is_limited_as_calling_is(settings):
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"anon": "3/min"}
    forget()
    tried = [call("get", path, access="Bearer x.y.z").status_code for path in ("genres", "users/profile") * 3]
    assert tried == [401, 401, 401, 429, 429, 429]


def test_a_known_caller_of_a_kept_read_costs_one_look_and_no_query(signed_in, django_assert_num_queries, looks):
    call("get", "genres", access=signed_in["access"])
    forget_callers()
    looks.clear()
    with django_assert_num_queries(0):
        for _ in range(3):  # a busy one is looked up twice a second
            assert call("get", "genres", access=signed_in["access"]).status_code == 200
    assert looks == ["get_many"]


def test_who_signed_out_at_another_process_is_known_no_more_a_moment_later(signed_in, monkeypatch):
    access = signed_in["access"]
    assert call("get", "genres", access=access).status_code == 200
    monkeypatch.setattr(identity, "forget_callers", lambda: None)
    sessions.end_all(User.objects.get())
    # What is the member's own is never given, not even in that moment.
    assert call("get", "movies?on_my_services=true", access=access).status_code == 401
    assert call("get", "users/profile", access=access).status_code == 401
    later = time.monotonic() + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert call("get", "genres", access=access).status_code == 401


def test_the_caller_of_one_moment_ago_is_still_that_caller(signed_in):
    for _ in range(2):
        told = call("get", "genres", access=signed_in["access"]).headers["RateLimit-Policy"]
        assert told.startswith('"user"')
    assert call("get", "genres", access=signed_in["access"][:-1]).status_code == 401
