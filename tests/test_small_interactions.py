"""What htmx does on the pages: the same forms and answers, without a page loaded anew."""

import pytest

from accounts import people
from accounts.models import Follow, Session, User
from tests.axe import violations
from tests.browser import PHONE, let_in, open_page, settle
from tests.test_account_pages import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]
MARK, MARKED = "window.marked = true", "window.marked === true"


@pytest.fixture
def site(live_server, ann):
    for name in ("bob", "eve"):
        people.follow(follower=User.objects.create_user(name, f"{name}@example.net"), followed=ann)
    return live_server.url


def test_a_tie_is_cut_in_place(site, ann):
    with open_page(PHONE) as (page, complaints):
        let_in(page, site, ann)
        page.goto(f"{site}/accounts/people/")
        page.evaluate(MARK)
        page.click("button[aria-label='Remove: eve']")
        page.wait_for_selector("text=They follow you no more")
        assert page.evaluate(MARKED)
        assert page.locator("text=@eve").count() == 0
        page.click("button[aria-label='Remove: bob']")
        page.wait_for_selector("text=Nobody.")
        assert page.evaluate(MARKED)
        assert violations(page) == []
        assert complaints == []
    assert not Follow.objects.exists()


def test_one_signs_out_elsewhere_in_place(site, ann):
    with open_page(PHONE) as (there, _):
        sign_in(there, site)
    with open_page(PHONE) as (page, complaints):
        sign_in(page, site)
        page.goto(f"{site}/accounts/sessions/")
        page.evaluate(MARK)
        page.click("text=Sign out there")
        page.wait_for_selector("text=Signed out there.")
        assert page.evaluate(MARKED)
        page.go_back()
        settle(page)
        assert complaints == []
    assert Session.objects.filter(ended_at=None).count() == 1
