"""One's mailbox as a page: one's own alone, read one by one or all at once."""

import pytest
from django.test import Client

from notifications import wording
from notifications.models import Notification
from notifications.services import notify
from notifications.views import SHOWN

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def spoken(monkeypatch):
    monkeypatch.setattr(wording, "_wordings", dict(wording._wordings))
    wording.tell("wave", text="{username} waves: {word}", url="{path}")


@pytest.fixture
def browser(ann):
    client = Client()
    client.force_login(ann)
    return client


@pytest.fixture
def waved(spoken, ann, bob):
    return notify(recipient=ann, sender=bob, kind="wave", data={"word": SCRIPT, "path": "/movies/949"})


def test_what_one_is_told_is_text(browser, waved):
    page = browser.get("/notifications")
    assert "bob waves: &lt;script&gt;" in page.text
    assert SCRIPT not in page.text
    assert "no-store" in page["Cache-Control"]


def test_to_open_one_marks_it_and_leads_to_what_it_is_about(browser, waved):
    assert browser.post(f"/notifications/{waved.pk}/open")["Location"] == "/movies/949"
    waved.refresh_from_db()
    assert waved.read_at


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "javascript:alert(1)", ""])
def test_it_leads_nowhere_else(browser, waved, path):
    Notification.objects.update(data={"path": path})
    assert browser.post(f"/notifications/{waved.pk}/open")["Location"] == "/notifications"


def test_all_are_marked_at_once(browser, waved, ann):
    notify(recipient=ann, kind="unknown")
    assert "2 were marked" in browser.post("/notifications/read", follow=True).text
    assert not Notification.objects.unread().exists()
    assert "Mark all" not in browser.get("/notifications").text


def test_anothers_mailbox_is_not_to_be_opened(waved, bob):
    client = Client()
    assert client.get("/notifications").status_code == 302
    client.force_login(bob)
    assert "waves" not in client.get("/notifications").text
    assert client.post(f"/notifications/{waved.pk}/open").status_code == 404
    client.post("/notifications/read")
    assert Notification.objects.unread().count() == 1
    assert client.get("/notifications/read").status_code == 405
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(bob)
    assert guarded.post("/notifications/read").status_code == 403


def test_a_full_mailbox_costs_no_more_queries(browser, spoken, ann, bob, django_assert_max_num_queries):
    for number in range(SHOWN + 5):
        notify(recipient=ann, sender=bob, kind="wave", data={"word": number})
    browser.get("/notifications")
    with django_assert_max_num_queries(6):
        first = browser.get("/notifications")
    assert first.text.count("bob waves") == SHOWN
    further = browser.get("/notifications", {"cursor": first.context["page"].further})
    assert further.text.count("bob waves") == 5
    assert browser.get("/notifications", {"cursor": "x"}).status_code == 400
