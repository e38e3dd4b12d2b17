"""Members' own pages, without a script: what they show, change and refuse."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from accounts.models import ApiKey, Session
from accounts.tests.calls import PASSWORD, call, link_in_mail, sign_in
from catalog.models import Genre, Provider

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
Member = get_user_model()
OWN = [
    "",
    "profile/",
    "sessions/",
    "api-keys/",
    "people/",
    "people/requests/",
    "export/",
    "leave/",
    "email/",
    "password/change/",
    "2fa/",
]


@pytest.fixture
def browser(ann):
    signed_in = Client()
    signed_in.force_login(ann)
    return signed_in


def at(browser, path, data=None):
    return browser.get(f"/accounts/{path}") if data is None else browser.post(f"/accounts/{path}", data)


@pytest.mark.parametrize("path", OWN)
def test_each_page_is_there_for_its_member_alone(browser, path):
    page = at(browser, path)
    assert page.status_code == 200
    assert 'aria-current="page"' in page.content.decode()
    stranger = at(Client(), path)
    assert stranger.status_code == 302
    assert stranger["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("path", ["signup/", "login/", "password/reset/"])
def test_a_stranger_is_let_to_the_doors(client, path):
    assert at(client, path).status_code == 200


def test_one_signs_up_confirms_and_is_in(client):
    page = at(client, "signup/", {"email": "eve@example.org", "username": "Eve", "password1": PASSWORD})
    assert (page.status_code, page["Location"]) == (302, "/accounts/")
    assert Member.objects.get().username == "Eve", "in the capitals that were chosen"
    assert at(client, "").status_code == 200
    link = link_in_mail()
    page = client.get(link)
    assert page.status_code == 200
    assert client.post(link).status_code == 302
    assert Member.objects.get().emailaddress_set.get().verified


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"username": "ANN"}, "already exists"),
        ({"username": "admin"}, "reserved"),
        ({"username": "аnn"}, "Latin alphabet"),
        ({"email": "Ann@example.org"}, "already registered"),
        ({"password1": "password"}, "too common"),
    ],
)
def test_what_will_not_do_is_told_beside_its_field(ann, client, changed, told):
    form = {"email": "eve@example.org", "username": "eve", "password1": PASSWORD}
    page = at(client, "signup/", form | changed)
    text = page.content.decode()
    assert page.status_code == 200
    assert told in text, re.findall(r'class="faults".*?</ul>', text, re.DOTALL)
    (name,) = changed
    assert f'id="id_{name}_error"' in text
    assert Member.objects.count() == 1


def test_a_wrong_password_is_told_and_counted_with_those_of_the_api(ann, client, settings):
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"account": "2/min", "login": "1000/min"}
    for _ in range(2):
        assert "not correct" in at(client, "login/", {"login": "ann", "password": "x"}).content.decode()
    assert "Too many" in at(client, "login/", {"login": "ANN", "password": PASSWORD}).content.decode()
    assert call("post", "auth/login", {"username": "ann", "password": PASSWORD}).status_code == 429


def test_the_profile_is_changed(browser, ann):
    Genre.objects.create(tmdb_id=18, name="Drama")
    Provider.objects.create(tmdb_id=8, name="Netflix")
    whole = {f"{kind}_privacy": "public" for kind in ("profile", "watchlist", "history", "favorites", "reviews")}
    form = whole | {"bio": "Mostly noir.", "region": "fr", "language": "fr", "history_privacy": "private"}
    page = at(browser, "profile/", form | {"favorite_genres": [18], "streaming_providers": [8]})
    assert page.status_code == 302
    ann.refresh_from_db()
    assert (ann.bio, ann.region, ann.history_privacy) == ("Mostly noir.", "FR", "private")
    assert [ann.favorite_genres.get().pk, ann.streaming_providers.get().pk] == [18, 8]
    page = at(browser, "profile/", whole | {"region": "FRANCE", "language": "klingon", "streaming_providers": [999]})
    text = page.content.decode()
    assert page.status_code == 200
    for field in ("region", "language", "streaming_providers"):
        assert f'id="id_{field}_error"' in text
    ann.refresh_from_db()
    assert ann.bio == "Mostly noir."


def test_what_a_member_writes_is_text(browser, ann):
    Member.objects.update(bio="<script>alert(1)</script>", display_name="<b>Ann</b>")
    for path in ("", "profile/"):
        text = at(browser, path).content.decode()
        assert "<script>alert" not in text
        assert "<b>Ann" not in text


def test_a_browser_is_listed_and_signed_out_from_elsewhere(browser, ann):
    tokens = sign_in("ann")
    assert at(browser, "sessions/").content.decode().count("Sign out there") == 1
    call("post", "auth/logout", {"all": True}, access=tokens["access"])
    assert at(browser, "").status_code == 302
    assert "_auth_user_id" not in browser.session


def test_from_a_browser_one_signs_out_elsewhere(browser, ann, bob):
    first, second, bobs = sign_in("ann"), sign_in("ann"), sign_in("bob")
    (of_bob,) = Session.objects.filter(user=bob)
    assert at(browser, f"sessions/{of_bob.pk}/end/", {}).status_code == 404
    one = Session.objects.filter(user=ann).exclude(refresh_jti="").order_by("created_at").first()
    assert at(browser, f"sessions/{one.pk}/end/", {}).status_code == 302
    assert call("get", "users/profile", access=first["access"]).status_code == 401
    at(browser, "sessions/end/", {})
    assert call("get", "users/profile", access=second["access"]).status_code == 401
    assert call("get", "users/profile", access=bobs["access"]).status_code == 200
    assert at(browser, "").status_code == 200


def test_a_new_password_leaves_this_browser_in_and_no_other(browser, ann):
    other = Client()
    other.force_login(ann)
    new = "another quiet sentence"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert at(browser, "password/change/", form).status_code == 302
    assert at(browser, "").status_code == 200
    assert at(other, "").status_code == 302
    assert sign_in("ann", new)


def test_a_key_is_made_shown_once_replaced_and_revoked(browser):
    page = at(browser, "api-keys/", {"name": "My calendar"})
    (secret,) = re.findall(r"mq_\w+_[\w-]{43}", page.content.decode())
    assert page["Cache-Control"] == "no-store"
    assert call("get", "users/profile", access=f"Api-Key {secret}").data["username"] == "ann"
    assert secret not in at(browser, "api-keys/").content.decode()
    key = ApiKey.objects.get()
    page = at(browser, f"api-keys/{key.pk}/rotate/", {})
    (new,) = re.findall(r"mq_\w+_[\w-]{43}", page.content.decode())
    assert new != secret
    at(browser, f"api-keys/{key.pk}/revoke/", {})
    assert call("get", "users/profile", access=f"Api-Key {new}").status_code == 401
    assert at(browser, f"api-keys/{key.pk}/revoke/", {}).status_code == 404


def test_leaving_and_staying(browser, ann):
    assert "not your password" in at(browser, "leave/", {"password": "x"}).content.decode()
    assert at(browser, "leave/", {"password": PASSWORD}).status_code == 302
    ann.refresh_from_db()
    assert ann.erased_from
    assert at(browser, "").status_code == 302, "signed out"
    browser.post("/accounts/login/", {"login": "ann", "password": PASSWORD})
    assert "You are leaving" in at(browser, "").content.decode()
    at(browser, "stay/", {})
    ann.refresh_from_db()
    assert ann.erased_from is None


@pytest.mark.parametrize("path", ["sessions/end/", "stay/", "api-keys/1/revoke/", "api-keys/1/rotate/"])
def test_what_changes_something_is_not_done_by_a_link(browser, path):
    assert at(browser, path).status_code == 405


def test_a_page_takes_few_queries(browser, django_assert_max_num_queries):
    at(browser, "")
    for path in ("", "sessions/", "api-keys/"):
        with django_assert_max_num_queries(6):
            at(browser, path)


def test_a_lost_password_is_set_by_the_page_of_the_mail(ann, client):
    at(client, "password/reset/", {"email": "ann@example.org"})
    assert mail.outbox[-1].to == ["ann@example.org"]
    page = client.get(link_in_mail(), follow=True)
    new = "another quiet sentence"
    client.post(page.wsgi_request.path, {"password1": new, "password2": new})
    assert sign_in("ann", new)
    assert at(client, "").status_code == 302, "and one signs in with it"


def test_services_are_told_by_their_logos(client, ann):
    ann.streaming_providers.create(tmdb_id=8, name="Netflix", logo_path="/n.jpg")
    ann.streaming_providers.create(tmdb_id=9, name="<b>No logo")
    client.force_login(ann)
    page = client.get("/accounts/profile/").text
    assert '<img class="logo" src="https://image.tmdb.org/t/p/w92/n.jpg"' in page
    assert "&lt;b&gt;No logo" in page
