"""Moderators at work in a real browser: the desk fits a phone, one click decides, one click undoes."""

import pytest

from accounts.tests.members import make_member
from reviews.models import Decision
from reviews.tests.moderating import make_comment, make_review, reported, status_of
from tests.browser import DESKTOP, PHONE, keep_picture, open_page, width_needed
from tests.test_admin_pages import enter

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]
LIST = "/admin/reviews/case/"
LONG = "This film is the worst of all that were ever made, and whoever likes it is no better. " * 6


@pytest.fixture
def review(ann):
    return make_review(ann, body=LONG)


@pytest.fixture
def case(review, bob):
    reported(make_comment(bob, review), review.author, reason="spam")
    return reported(review, bob, make_member("a-member-with-a-rather-long-nm"), reason="abuse")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_complains_of_nothing_and_fits(live_server, staff, case, size):
    with open_page(size) as (page, complaints):
        enter(page, live_server.url, staff, "/admin/")
        page.click("text=Moderation: what is open")
        page.wait_for_selector("text=open cases")
        for path in (f"{LIST}overview/", f"{LIST}{case.pk}/change/"):
            page.goto(live_server.url + path)
            assert width_needed(page) <= size["width"], path
            keep_picture(page, f"moderation-{path.strip('/').split('/')[-1]}-{size['width']}-light")
        assert complaints == []


def test_one_click_hides_and_one_undoes(live_server, staff, case, review):
    with open_page(DESKTOP) as (page, complaints):
        enter(page, live_server.url, staff, LIST)
        page.click("#result_list a >> nth=0")
        assert page.input_value("[name=reason]") == "Insults or harassment"
        page.click("button[value=hide]")
        page.wait_for_selector("text=Done. The author is told")
        assert status_of(review) == "hidden"
        page.goto(f"{live_server.url}{LIST}{case.pk}/change/")
        page.click("form[action$='/undo/'] button")
        page.wait_for_selector("text=Undone:")
        assert complaints == []
    assert status_of(review) == "published"
    assert Decision.objects.get().undone_by == staff


def test_the_keyboard_is_enough(live_server, staff, case, review):
    with open_page(DESKTOP) as (page, _):
        enter(page, live_server.url, staff, f"{LIST}{case.pk}/change/")
        page.focus("[name=reason]")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=Done. The author is told")
    assert Decision.objects.get().kind == "dismiss"
