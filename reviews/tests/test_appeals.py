"""The author says once what they think of a decision, also when shut out; somebody else than who decided answers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.tests.members import caller
from notifications.models import Notification
from reviews import moderation
from reviews.models import Appeal
from reviews.moderation import Answered
from reviews.moderation.keys import by_key, key_of
from reviews.tests.moderating import Kind, decided, make_moderator, make_review, reported, status_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_transaction")]


@pytest.fixture
def mod(db):
    return make_moderator()


@pytest.fixture
def hidden(ann, mod):
    return decided(reported(make_review(ann)), Kind.HIDE, mod, reason="Spoilers.")


def test_by_the_api_once(hidden, ann, bob):
    own = caller(ann).get("/api/v1/users/decisions").json()["results"]
    assert [(row["kind"], row["reason"], row["appeal"]) for row in own] == [("hide", "Spoilers.", None)]
    path = f"/api/v1/users/decisions/{hidden.pk}/appeal"
    assert caller(bob).post(path, {"text": "It was fine."}).status_code == 404
    assert caller(ann).post(path, {"text": "  "}).status_code == 400
    assert caller(ann).post(path, {"text": "It was fine."}).status_code == 201
    again = caller(ann).post(path, {"text": "It was!"})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "appealed")
    assert caller(ann).get("/api/v1/users/decisions").json()["results"][0]["appeal"]["text"] == "It was fine."


def test_by_the_page_without_signing_in(ann, mod):
    ban = decided(reported(make_review(ann)), Kind.BAN, mod, reason="Enough.")
    page = f"/appeals/{key_of(ban)}"
    shown = Client().get(page)
    assert "Enough." in shown.content.decode()
    assert mod.username not in shown.content.decode()
    assert Client().post(page, {"text": "<script>alert(1)</script>"}).status_code == 302
    assert "&lt;script&gt;" in Client().get(page).content.decode()
    Client().post(page, {"text": "Again."})
    assert Appeal.objects.get().text == "<script>alert(1)</script>"


@pytest.mark.parametrize("key", ["1", "1:forged", "x:y:z"])
def test_nobody_finds_another_s(hidden, key):
    assert Client().get(f"/appeals/{key}").status_code == 404
    assert by_key(f"{hidden.pk}:AAAA") is None


def test_granted_undoes_and_refused_does_not(hidden, mod, staff, ann):
    review = hidden.case.review
    said = moderation.appeal(decision=hidden, text="It was fine.")
    with pytest.raises(Answered, match="yourself"):
        moderation.answer(appeal=said, by=mod, is_granted=False)
    other = make_moderator("other")
    moderation.answer(appeal=said, by=other, is_granted=True, text="You are right.")
    assert status_of(review) == "published"
    with pytest.raises(Answered):
        moderation.answer(appeal=said, by=other, is_granted=False)
    told = Notification.objects.filter(recipient=ann, kind="appeal_granted").get()
    assert told.data["answer"] == "You are right."


def test_refused_stands(hidden, staff):
    said = moderation.appeal(decision=hidden, text="It was fine.")
    moderation.answer(appeal=said, by=staff, is_granted=False, text="No.")
    assert status_of(hidden.case.review) == "hidden"
    with pytest.raises(Answered):
        moderation.appeal(decision=hidden, text="Really.")


def test_nothing_is_left_to_say_of_what_was_undone(hidden, mod):
    moderation.undo(decision=hidden, by=mod)
    with pytest.raises(Answered):
        moderation.appeal(decision=hidden, text="It was fine.")


def test_one_who_is_suspended_may_appeal(ann, mod):
    decision = decided(reported(make_review(ann)), Kind.SUSPEND, mod, until=timezone.now() + timedelta(days=1))
    answer = caller(ann).post(f"/api/v1/users/decisions/{decision.pk}/appeal", {"text": "Why?"})
    assert answer.status_code == 201
