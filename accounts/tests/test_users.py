"""Who is who: one account for each name and address, whatever the capitals."""

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts import people
from accounts.tests.calls import call, sign_in

pytestmark = pytest.mark.django_db
PASSWORD = "a long and quiet sentence"


@pytest.mark.parametrize(
    ("username", "email"),
    [
        ("ann", "other@example.org"),
        ("ANN", "other@example.org"),
        ("other", "ann@example.org"),
        ("other", "Ann@Example.ORG"),
        ("other", " ann@example.org "),
    ],
)
def test_a_taken_name_or_address_is_refused_by_the_database(ann, username, email):
    accounts = get_user_model().objects
    with pytest.raises(IntegrityError), transaction.atomic():
        accounts.create_user(username, email, PASSWORD)
    assert accounts.count() == 1


def test_two_rows_written_past_the_model_are_refused_too(ann, bob):
    accounts = get_user_model().objects
    with pytest.raises(IntegrityError), transaction.atomic():
        accounts.filter(pk=bob.pk).update(email="ANN@EXAMPLE.ORG")


@pytest.mark.parametrize("typed", ["ann", "Ann", "ANN"])
def test_one_signs_in_whatever_the_capitals_of_the_name(ann, typed):
    assert authenticate(username=typed, password=PASSWORD) == ann


def test_the_password_is_kept_as_a_hash(ann):
    assert PASSWORD not in ann.password
    assert ann.check_password(PASSWORD)


def test_without_a_password_nobody_signs_in():
    user = get_user_model().objects.create_user("cat", "cat@example.org")
    assert not user.has_usable_password()
    assert authenticate(username="cat", password="") is None


def test_an_address_is_kept_in_small_letters():
    user = get_user_model().objects.create_user("dot", " Dot@Example.ORG ", PASSWORD)
    assert user.email == "dot@example.org"


@pytest.mark.parametrize("username", ["", "a" * 31, "two words", "<script>", "new\nline"])
def test_a_name_that_is_none_is_refused(username):
    user = get_user_model()(username=username, email="e@example.org")
    user.set_password(PASSWORD)
    with pytest.raises(ValidationError) as fault:
        user.full_clean()
    assert "username" in fault.value.message_dict


def test_the_model_complains_of_a_taken_name_before_the_database_does(ann):
    user = get_user_model()(username="ANN", email="ANN@example.org")
    user.set_password(PASSWORD)
    with pytest.raises(ValidationError) as fault:
        user.full_clean()
    assert "This username is taken." in str(fault.value)
    assert "This e-mail address is taken." in str(fault.value)


def test_a_member_is_called_by_the_name_they_chose(ann):
    assert ann.get_full_name() == "ann"
    ann.display_name = "Ann Other"
    assert (ann.get_full_name(), ann.get_short_name(), str(ann)) == ("Ann Other", "Ann Other", "ann")


def test_staff_sign_in_to_the_admin(staff):
    browser = Client()
    page = browser.get("/admin/", follow=True)
    door = page.wsgi_request.get_full_path()
    assert door.startswith("/accounts/login/")
    page = browser.post(door, {"login": "STAFF", "password": PASSWORD}, follow=True)
    assert page.wsgi_request.user == staff
    assert page.wsgi_request.path == "/admin/"


@pytest.mark.parametrize(("username", "password"), [("ann", PASSWORD), ("staff", "wrong"), ("nobody", PASSWORD)])
def test_others_do_not(ann, staff, username, password):
    browser = Client()
    browser.post("/accounts/login/?next=/admin/", {"login": username, "password": password})
    assert browser.get("/admin/").status_code in {302, 403}
    assert browser.get("/admin/catalog/movie/").status_code in {302, 403}


def test_staff_add_and_find_an_account(staff):
    browser = Client()
    browser.force_login(staff)
    form = {"username": "eve", "email": "Eve@example.org", "usable_password": "true"}
    form |= {"password1": "correct horse battery", "password2": "correct horse battery"}
    assert browser.post("/admin/accounts/user/add/", form).status_code == 302
    assert get_user_model().objects.get(username="eve").email == "eve@example.org"
    assert "eve" in browser.get("/admin/accounts/user/?q=eve").content.decode()


def test_staff_are_told_of_a_taken_name(ann, staff):
    browser = Client()
    browser.force_login(staff)
    form = {"username": "Ann", "email": "new@example.org", "usable_password": "true"}
    form |= {"password1": "correct horse battery", "password2": "correct horse battery"}
    page = browser.post("/admin/accounts/user/add/", form)
    assert page.status_code == 200
    assert "taken" in page.content.decode() or "already exists" in page.content.decode()
    assert get_user_model().objects.count() == 2


def test_guessing_at_the_admin_is_slowed_down(staff, settings):
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"login": "3/min"}
    guesses = [Client().post("/accounts/login/", {"login": "staff", "password": f"guess {n}"}) for n in range(5)]
    assert [page.status_code for page in guesses] == [200, 200, 200, 429, 429]
    assert int(guesses[-1].headers["Retry-After"]) > 0
    assert "Too many tries" in guesses[-1].content.decode() or "too often" in guesses[-1].content.decode()
    assert Client().get("/accounts/login/").status_code == 200


def test_one_whom_staff_shut_out_is_out_at_once(ann, staff, no_transaction):
    access = sign_in("ann")["access"]
    assert call("get", "users/profile", access=access).status_code == 200
    desk = Client()
    desk.force_login(staff)
    page = f"/admin/accounts/user/{ann.pk}/change/"
    form = {"username": "ann", "email": "ann@example.org", "display_name": ""}
    assert desk.post(page, form).status_code == 302
    ann.refresh_from_db()
    assert not ann.is_active
    assert call("get", "users/profile", access=access).status_code == 401


@pytest.mark.parametrize("at_once", [True, False])
def test_one_whom_staff_delete_leaves_the_counts_of_others_right(ann, bob, staff, at_once):
    people.follow(follower=ann, followed=bob)
    desk = Client()
    desk.force_login(staff)
    if at_once:
        form = {"action": "delete_selected", "_selected_action": [ann.pk], "post": "yes"}
        assert desk.post("/admin/accounts/user/", form).status_code == 302
    else:
        assert desk.post(f"/admin/accounts/user/{ann.pk}/delete/", {"post": "yes"}).status_code == 302
    bob.refresh_from_db()
    assert bob.follower_count == 0
    assert not get_user_model().objects.filter(pk=ann.pk).exists()


def test_a_password_that_staff_set_ends_the_sessions_of_the_old_one(ann, client, staff, no_transaction):
    old = sign_in("ann")
    client.force_login(staff)
    new = "another quiet sentence"
    form = {"usable_password": "true", "password1": new, "password2": new}
    assert client.post(f"/admin/accounts/user/{ann.pk}/password/", form).status_code == 302
    assert call("get", "users/profile", access=old["access"]).status_code == 401
    assert call("post", "auth/refresh", {"refresh": old["refresh"]}).status_code == 401
    assert sign_in("ann", new)


def test_staff_change_their_own_where_members_do(client, staff):
    client.force_login(staff)
    assert client.get("/admin/password_change/")["Location"] == "/accounts/password/change/"
