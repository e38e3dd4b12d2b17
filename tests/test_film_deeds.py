"""What a member does on a film's page, in a real browser: in place with a script, page by page without one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from catalog.tests.films import make_heat
from conftest import PASSWORD
from reviews import services
from reviews.models import Rating, Review
from tests.axe import violations, violations_in_each_scheme
from tests.browser import DESKTOP, PHONE, follow, keep_pictures, let_in, open_page, width_needed
from watchlists import lists
from watchlists.models import ListItem, Viewing, WatchlistEntry

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]
HEAT = "/movies/949-heat"
MARK, MARKED = "window.marked = true", "window.marked === true"
OPEN_ALL = "document.querySelectorAll('details').forEach((one) => (one.open = true))"


@pytest.fixture
def site(live_server, ann):
    heat = make_heat()
    User.objects.update(joined_at=timezone.now() - timedelta(days=30))
    ann.refresh_from_db()
    bob = User.objects.create_user("bob", "bob@example.org", joined_at=ann.joined_at, display_name="Bob")
    eve = User.objects.create_user("eve", "eve@example.org", joined_at=ann.joined_at)
    services.write_review(
        author=bob, movie=heat, body="Two men and >!one handshake!<.\n\n> A quote\n\n- and\n- more", rating=9
    )
    services.write_review(author=eve, movie=heat, body="He dies.", contains_spoilers=True, rating=5)
    lists.make(owner=ann, name="Nights in Los Angeles")
    return live_server.url


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_members_page_is_accessible_and_fits(site, ann, size):
    with open_page(size) as (page, complaints):
        let_in(page, site, ann)
        for name, path in (("movie-member", HEAT), ("reviews", f"{HEAT}/reviews")):
            page.goto(site + path)
            keep_pictures(page, f"film-{name}-{size['width']}")
            page.evaluate(OPEN_ALL)
            assert violations_in_each_scheme(page) == []
            assert width_needed(page) <= size["width"]
        assert complaints == []


def test_all_is_done_in_place(site, ann):
    with open_page(PHONE) as (page, complaints):
        let_in(page, site, ann)
        page.goto(site + HEAT)
        page.evaluate(MARK)
        for button in ("#want", "#love", "#rate-8"):
            page.click(button)
            page.wait_for_selector(f"{button}[aria-pressed=true]")
            assert page.evaluate("document.activeElement.id") == button[1:], "where one was"
        assert page.inner_text("#told").strip() == "You gave it 8 of 10."
        assert "3 ratings" in page.inner_text("#score")
        page.click("text=Put into a list")
        page.select_option("#list_list", label="Nights in Los Angeles")
        page.click("#list-it")
        page.wait_for_selector("text=in 1 list")
        page.locator(".review", has_text="Two men").get_by_role("button").click()
        page.wait_for_selector(".like [aria-pressed=true]")
        assert violations(page) == []
        assert page.evaluate(MARKED)
        assert complaints == []
    assert Rating.objects.get(user=ann).value == 8
    assert ListItem.objects.get().list.owner == ann


def test_a_fault_is_shown_in_place_and_mended(site, ann):
    with open_page(PHONE) as (page, _):
        let_in(page, site, ann)
        page.goto(site + HEAT)
        page.evaluate(MARK)
        page.click("text=Log a viewing")
        page.fill("#viewing_vague", "next year")
        page.fill("#viewing_note", "Kept.")
        page.click("#log-it")
        page.wait_for_selector("#viewing_vague[aria-invalid=true]")
        assert page.input_value("#viewing_note") == "Kept."
        assert violations(page) == []
        page.fill("#viewing_vague", "2019")
        page.click("#log-it")
        page.wait_for_selector("text=seen 2019")
        assert page.evaluate(MARKED)
    assert Viewing.objects.get(user=ann).precision == "year"


def test_all_is_done_without_a_script(site, ann):
    with open_page(PHONE, scripts=False) as (page, _):
        page.goto(site + HEAT)
        follow(page, "#mine >> text=Sign in")
        page.fill("#id_login", "ann")
        page.fill("#id_password", PASSWORD)
        follow(page, "#content form button[type=submit]")
        for button in ("#want", "#love", "#rate-9"):
            follow(page, button)
            assert page.url == site + HEAT
            assert page.get_attribute(button, "aria-pressed") == "true"
        page.click("text=Log a viewing")
        page.check("#viewing_is_unknown")
        follow(page, "#log-it")
        assert "seen some day" in page.inner_text("#log")
        page.click("text=Write a review")
        page.fill("#review_body", "It >!ends well!<.")
        page.check("#review_contains_spoilers")
        follow(page, "#publish")
        assert "Your review is published." in page.inner_text("#told")
    assert Review.objects.get(author=ann).contains_spoilers
    assert WatchlistEntry.objects.get(user=ann).is_watched


def test_what_tells_the_end_is_hidden_until_one_asks_by_keyboard_and_without_a_script(site):
    with open_page(DESKTOP, scripts=False) as (page, _):
        page.goto(site + HEAT)
        hidden = page.locator(".spoiler", has_text="one handshake")
        assert not hidden.is_visible()
        assert not page.locator("text=He dies.").is_visible()
        page.focus(".reveal input")
        page.keyboard.press("Space")
        assert hidden.is_visible()
        page.focus(".fold summary")
        page.keyboard.press("Enter")
        assert page.locator("text=He dies.").is_visible()


def test_who_was_signed_out_meanwhile_is_led_to_sign_in(site, ann):
    with open_page(PHONE) as (page, _):
        let_in(page, site, ann)
        page.goto(site + HEAT)
        page.context.clear_cookies()
        page.click("#want")
        page.wait_for_selector("#told >> text=This did not work")
        assert page.locator("#mine").count() == 1
