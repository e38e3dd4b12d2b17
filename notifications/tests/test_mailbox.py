"""What members are told: once under one key, worded by kind, and read by them alone."""

import pytest
from django.db import transaction
from django.utils.translation import gettext_lazy, override
from rest_framework.test import APIClient

from notifications import wording
from notifications.models import Notification
from notifications.services import notify, read, read_all

pytestmark = pytest.mark.django_db
API = "/api/v1/notifications"


@pytest.fixture
def kinds(monkeypatch):
    monkeypatch.setattr(wording, "_wordings", {})
    wording.tell("wave", text="{username} waves at {movie}.", url="/reviews/{review_id}")
    wording.tell("sum", text=lambda data: f"{data['count'] + 1} in all")
    wording.tell("lazy", text=gettext_lazy("Yes"))


def as_(user) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_under_one_key_one_is_told_once(ann, bob):
    first = notify(recipient=ann, kind="wave", data={"n": 1}, key="wave:1")
    assert notify(recipient=ann.pk, kind="wave", data={"n": 2}, key="wave:1") == first
    assert notify(recipient=bob, kind="wave", key="wave:1") != first
    assert Notification.objects.get(recipient=ann).data == {"n": 1}


def test_without_a_key_one_is_told_each_time(ann):
    assert notify(recipient=ann, kind="wave") != notify(recipient=ann, kind="wave")


def test_it_is_told_within_a_transaction_that_goes_on(ann):
    with transaction.atomic():
        notify(recipient=ann, kind="wave", key="k")
        notify(recipient=ann, kind="wave", key="k")
        notify(recipient=ann, kind="wave", key="l")
    assert Notification.objects.count() == 2


def test_it_is_worded_by_its_kind(kinds, ann, bob):
    told = notify(recipient=ann, kind="wave", data={"movie": "Heat {0} %s", "review_id": 7}, sender=bob)
    assert wording.text_of(told) == "bob waves at Heat {0} %s."
    assert wording.url_of(told) == "/reviews/7"
    counted = notify(recipient=ann, kind="sum", data={"count": 2})
    assert (wording.text_of(counted), wording.url_of(counted)) == ("3 in all", None)


def test_it_is_worded_in_the_readers_language(kinds, ann):
    told = notify(recipient=ann, kind="lazy")
    with override("fr"):
        assert wording.text_of(told) == "Oui"


def test_a_kind_that_nobody_tells_of_any_more_and_facts_that_are_not_there_are_no_fault(kinds, ann):
    assert wording.text_of(notify(recipient=ann, kind="gone")) == "gone"
    assert wording.url_of(notify(recipient=ann, kind="gone")) is None
    assert wording.text_of(notify(recipient=ann, kind="wave")) == " waves at ."


def test_what_a_sender_did_is_told_no_more_once_they_are_gone(ann, bob):
    notify(recipient=ann, kind="wave", sender=bob)
    bob.delete()
    assert not Notification.objects.exists()


def test_reading_counts_the_first_time(ann):
    told = notify(recipient=ann, kind="wave")
    at = read(told).read_at
    assert read(Notification.objects.get()).read_at == at
    assert read_all(ann) == 0


def test_one_reads_ones_own_alone(kinds, ann, bob):
    mine, theirs = notify(recipient=ann, kind="wave", sender=bob), notify(recipient=bob, kind="wave")
    body = as_(ann).get(API).json()
    assert [row["id"] for row in body["results"]] == [mine.pk]
    assert body["results"][0]["data"] == {"username": "bob"}
    assert as_(ann).put(f"{API}/{theirs.pk}/read").status_code == 404
    assert as_(ann).put(f"{API}/{mine.pk}/read").json()["read_at"]
    assert as_(ann).get(f"{API}/unread-count").json() == {"count": 0}
    assert as_(bob).get(f"{API}/unread-count").json() == {"count": 1}


def test_what_is_read_and_what_is_not_can_be_asked_for(ann):
    first, second = notify(recipient=ann, kind="wave"), notify(recipient=ann, kind="wave")
    read(first)
    asked = {word: as_(ann).get(f"{API}?unread={word}").json()["results"] for word in ("true", "false")}
    assert [row["id"] for row in asked["true"]] == [second.pk]
    assert [row["id"] for row in asked["false"]] == [first.pk]
    response = as_(ann).get(f"{API}?unread=perhaps")
    assert (response.status_code, response.json()["errors"][0]["attr"]) == (400, "unread")


def test_all_are_read_at_once(ann, bob):
    for recipient in ann, ann, bob:
        notify(recipient=recipient, kind="wave")
    assert as_(ann).post(f"{API}/read-all").json() == {"count": 2}
    assert as_(ann).post(f"{API}/read-all").json() == {"count": 0}
    assert Notification.objects.unread().get().recipient == bob


def test_a_stranger_has_no_mailbox(api):
    for method, path in (("get", ""), ("get", "/unread-count"), ("put", "/1/read"), ("post", "/read-all")):
        assert getattr(api, method)(f"{API}{path}").status_code == 401


@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "1"])
def test_what_is_not_there_is_not_found(ann, number):
    assert as_(ann).put(f"{API}/{number}/read").status_code == 404


def test_fifty_cost_as_many_queries_as_one(kinds, ann, bob, django_assert_num_queries):
    for count in 1, 49:
        for _ in range(count):
            notify(recipient=ann, kind="wave", sender=bob)
        with django_assert_num_queries(1):
            assert as_(ann).get(f"{API}?page_size=50").status_code == 200


def test_a_page_follows_the_other(ann):
    ids = [notify(recipient=ann, kind="wave").pk for _ in range(5)]
    body = as_(ann).get(f"{API}?page_size=3").json()
    rest = as_(ann).get(body["next"]).json()
    assert [row["id"] for row in body["results"] + rest["results"]] == ids[::-1]
