"""Moderators at their desk: one click does it, what they may not do is refused, nothing shows what is others'."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews import moderation
from reviews.models import Appeal, Case, Decision, HeldWord, HoldRule
from reviews.tests.moderating import Kind, decided, make_comment, make_moderator, make_review, reported, status_of

pytestmark = pytest.mark.django_db
LIST = "/admin/reviews/case/"
BODY = "<b>Awful</b> film."


@pytest.fixture
def review(ann):
    return make_review(ann, body=BODY)


@pytest.fixture
def case(review, bob):
    return reported(review, bob, reason="hate")


def desk(moderator):
    client = Client()
    client.force_login(moderator)
    return client


@pytest.fixture
def mod(db):
    return desk(make_moderator())


@pytest.fixture
def senior(db):
    return desk(make_moderator("senior", "Senior moderator"))


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_has_open_cases_and_the_others_on_demand(mod, case):
    assert "Hatred against a group" in text_of(mod, LIST)
    Case.objects.update(closed_at="2026-11-26T10:00:00Z")
    assert "Hatred against a group" not in text_of(mod, LIST).partition("result_list")[2]
    assert "Awful" in text_of(mod, f"{LIST}?state=closed")
    assert "Awful" in text_of(mod, f"{LIST}?state=all")


def test_the_desk_shows_the_text_as_text_and_both_records(mod, case, ann, bob):
    page = text_of(mod, f"{LIST}{case.pk}/change/")
    assert "&lt;b&gt;Awful&lt;/b&gt; film." in page
    assert BODY not in page
    for told in (ann.username, bob.username, "Hatred against a group", "member since"):
        assert told in page


def test_no_page_shows_an_address_or_what_is_private(mod, senior, case, ann, bob):
    ann.reviews_privacy = "private"
    ann.save()
    paths = [LIST, f"{LIST}{case.pk}/change/", f"{LIST}overview/", "/admin/reviews/decision/", "/admin/reviews/appeal/"]
    for client in (mod, senior):
        for path in paths:
            page = text_of(client, path)
            assert "example.org" not in page, path
            assert "Awful" not in page, path
        assert client.get("/admin/accounts/user/").status_code == 403


def test_one_click_decides(mod, case, review):
    path = reverse("admin:reviews_case_decide", args=[case.pk])
    assert mod.post(path, {"kind": "hide", "reason": "Hatred."}).url == LIST
    decision = Decision.objects.get()
    assert (status_of(review), decision.reason, decision.made_by.username) == ("hidden", "Hatred.", "inspector")
    assert mod.get(path).status_code == 405


def test_without_a_reason_it_is_asked_for(mod, case, review):
    answer = mod.post(reverse("admin:reviews_case_decide", args=[case.pk]), {"kind": "hide", "reason": " "})
    assert answer.status_code == 200
    assert "This field is required" in answer.content.decode()
    assert status_of(review) == "published"


@pytest.mark.parametrize("kind", ["nonsense", ""])
def test_what_is_no_decision_decides_nothing(mod, case, kind):
    mod.post(reverse("admin:reviews_case_decide", args=[case.pk]), {"kind": kind, "reason": "x"})
    assert not Decision.objects.exists()


def test_a_moderator_suspends_and_a_senior_one_bans(mod, senior, case, ann):
    path = reverse("admin:reviews_case_decide", args=[case.pk])
    assert 'value="ban"' not in text_of(mod, f"{LIST}{case.pk}/change/")
    assert mod.post(path, {"kind": "ban", "reason": "Enough."}).status_code == 403
    assert mod.post(path, {"kind": "suspend", "reason": "Enough.", "days": "7"}).status_code == 302
    assert senior.post(path, {"kind": "ban", "reason": "Enough."}).status_code == 302
    ann.refresh_from_db()
    assert (ann.is_active, ann.suspended_until is None) == (False, False)


def test_several_at_once_each_for_its_own_reason(mod, case, ann, bob):
    comment = make_comment(bob, case.review)
    other = reported(comment, ann, reason="spam")
    mod.post(LIST, {"action": "hide_all", "_selected_action": [case.pk, other.pk]})
    told = dict(Decision.objects.values_list("case", "reason"))
    assert told == {case.pk: "Hatred against a group", other.pk: "Spam or advertising"}
    assert {status_of(case.review), status_of(comment)} == {"hidden"}


def test_one_s_own_is_undone_by_oneself_and_others_by_a_senior(mod, senior, case, review):
    decision = decided(case, Kind.HIDE, make_moderator("third"))
    path = reverse("admin:reviews_decision_undo", args=[decision.pk])
    assert mod.post(path).status_code == 403
    assert senior.post(path).status_code == 302
    assert status_of(review) == "published"
    own = decided(case, Kind.HIDE, mod.get(LIST).wsgi_request.user)
    assert mod.post(reverse("admin:reviews_decision_undo", args=[own.pk])).status_code == 302


def test_an_appeal_is_read_and_answered(mod, senior, case, review):
    decision = decided(case, Kind.HIDE, mod.get(LIST).wsgi_request.user)
    appeal = moderation.appeal(decision=decision, text="<i>Fair</i> criticism.")
    assert "&lt;i&gt;Fair&lt;/i&gt; criticism." in text_of(senior, f"/admin/reviews/appeal/{appeal.pk}/change/")
    path = reverse("admin:reviews_appeal_answer", args=[appeal.pk])
    mod.post(path, {"is_granted": "yes"})
    assert Appeal.objects.get().answered_at is None, "who decided does not answer"
    senior.post(path, {"is_granted": "yes", "answer": "Right."})
    assert (Appeal.objects.get().is_granted, status_of(review)) == (True, "published")


def test_the_overview_counts(mod, case):
    assert "open cases" in text_of(mod, f"{LIST}overview/")
    decided(case, Kind.DISMISS, mod.get(LIST).wsgi_request.user)
    page = text_of(mod, f"{LIST}overview/")
    assert "1 min" in page
    assert "Dismiss" in page


def test_the_word_list_folds_and_refuses_twice(senior, mod):
    path = "/admin/reviews/heldword/add/"
    assert senior.post(path, {"word": "Casíno"}).status_code == 302
    assert HeldWord.objects.get().folded == "casino"
    assert "in the list already" in senior.post(path, {"word": "CASINO"}).content.decode()
    assert "no letter" in senior.post(path, {"word": "!!"}).content.decode()
    assert mod.get(path).status_code == 403


def test_the_rules_are_there_and_are_tuned(senior):
    assert set(HoldRule.objects.values_list("kind", flat=True)) == set(HoldRule.Kind.values)
    assert "A new account writes much" in text_of(senior, "/admin/reviews/holdrule/")
    assert senior.get("/admin/reviews/holdrule/add/").status_code == 403


def test_members_and_strangers_have_no_desk(case, bob):
    for client in (Client(), desk(bob)):
        assert client.get(LIST).status_code == 302
        assert client.post(reverse("admin:reviews_case_decide", args=[case.pk]), {"kind": "hide"}).status_code == 302
    assert not Decision.objects.exists()


@pytest.mark.parametrize("number", ["99", "abc", "9" * 30])
def test_a_case_that_is_not_there(mod, number):
    assert mod.get(f"{LIST}{number}/change/").status_code == 404


def test_a_longer_list_costs_no_more_queries(mod, ann, bob):
    mod.get(LIST)  # what is looked up once a process
    numbers = set()
    for movie_id in (1, 2, 3):
        reported(make_review(ann, movie_id), bob)
        with CaptureQueriesContext(connection) as queries:
            mod.get(LIST)
        numbers.add(len(queries))
    assert len(numbers) == 1
