"""Members' e-mail addresses: more than one, of which none is another's."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import User
from accounts.tests.calls import NEW, PASSWORD, codes, link_in_mail, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]
WISHED = NEW["email"]


@pytest.fixture
def browser(ann):
    """One who has just shown who they are, as is asked before an address changes."""
    signed_in = Client()
    signed_in.force_login(ann)
    signed_in.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return signed_in


def change(browser, deed, email=WISHED):
    return browser.post("/accounts/email/", {f"action_{deed}": "", "email": email}, follow=True)


def addresses():
    return dict(User.objects.order_by("username").values_list("username", "email"))


def test_an_address_is_added_confirmed_and_used(browser):
    change(browser, "add")
    assert browser.post(link_in_mail()).status_code == 302
    change(browser, "primary")
    assert addresses() == {"ann": WISHED}


def test_one_that_another_took_meanwhile_is_confirmed_by_neither_door(browser):
    change(browser, "add")
    link = link_in_mail()
    assert post("auth/register", NEW).status_code == 201
    page = browser.post(link, follow=True)
    assert page.status_code == 200
    assert "Unable to confirm" in page.text
    key = link.rstrip("/").rpartition("/")[2]
    assert codes(post("auth/email/verify", {"key": key})) == [("key", "not_valid")]
    assert addresses() == {"ann": "ann@example.org", "eve": WISHED}


def test_nor_is_it_used(browser, ann):
    EmailAddress.objects.create(user=ann, email=WISHED, verified=True)
    User.objects.create_user("eve", WISHED)
    page = change(browser, "primary")
    assert page.status_code == 200
    assert "is taken" in page.text
    body = {"email": WISHED, "primary": True}
    path = "/_allauth/browser/v1/account/email"
    assert browser.patch(path, body, content_type="application/json").status_code == 409
    assert addresses() == {"ann": "ann@example.org", "eve": WISHED}


@pytest.mark.parametrize("email", ["bob@example.org", "BOB@example.org", "x\r\nBcc: all@example.org", "x", "a\x00@b.c"])
def test_what_is_anothers_or_no_address_is_not_added(browser, bob, email):
    assert change(browser, "add", email).status_code == 200
    assert not EmailAddress.objects.exclude(email="ann@example.org").exists()
