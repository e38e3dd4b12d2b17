"""Leaving on the pages, for one who came by a provider and has no password."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]


@pytest.fixture
def browser(ann):
    ann.set_unusable_password()
    ann.save()
    client = Client()
    client.force_login(ann)
    return client


def test_who_has_no_password_is_not_asked_for_one(browser, ann):
    assert 'name="password"' not in browser.get("/accounts/leave/").text
    assert browser.post("/accounts/leave/").status_code == 302
    ann.refresh_from_db()
    assert ann.erased_from
    assert not Session.objects.filter(ended_at=None).exists()


def test_but_must_have_signed_in_just_now(browser, ann):
    Session.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    page = browser.post("/accounts/leave/")
    assert "come back within ten minutes" in page.text
    ann.refresh_from_db()
    assert ann.erased_from is None


def test_who_has_one_gives_it(ann):
    client = Client()
    client.force_login(ann)
    for body in ({}, {"password": ""}, {"password": "not it"}):
        assert client.post("/accounts/leave/", body).status_code == 200
    ann.refresh_from_db()
    assert ann.erased_from is None
