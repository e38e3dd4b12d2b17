"""The catalogue's page in the admin, in a real browser: it complains of nothing, fits a phone, and its buttons work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import SyncFailure, SyncRound, TMDBCalls
from catalog.tests.films import make_movies
from tests.browser import DESKTOP, PHONE, follow, let_in, open_page, width_needed

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]
OVERVIEW = "/admin/catalog/syncround/"
HALF_AN_HOUR = timedelta(minutes=30)
LONG_FAULT = "TMDBUnavailable: /configuration: the connection failed (ConnectionError), " + "x" * 120
SUMMARY = "fetched 10,421: 10,380 changed, 33 unchanged, 8 gone; 0 fresh already; 3 put aside (3 unavailable); 881.2 s"


@pytest.fixture
def site(live_server):
    """A catalogue with something of everything that the page shows."""
    now = timezone.now()
    for age in range(12):
        make_movies(range(1 + 3 * age, 3 + 3 * age), synced_at=now - timedelta(days=age))
    make_movies(range(3, 40, 3), synced_at=None)
    for name in "charts", "details", "reference":
        SyncRound.objects.create(name=name, began_at=now - HALF_AN_HOUR, succeeded_at=now, summary=SUMMARY)
    SyncRound.objects.create(name="changes", began_at=now, failed_at=now, fault=LONG_FAULT)
    for number, reason in enumerate(SyncFailure.Reason, 1):
        SyncFailure.objects.create(
            tmdb_id=number, reason=reason, detail="", first_failed_at=now, last_failed_at=now, retry_at=now
        )
    hour = now.replace(minute=0, second=0, microsecond=0)
    for age in range(24):
        for outcome, calls in (
            ("200", 138_000 - 5_000 * age),
            ("404", 120),
            ("429", 9_000 * (age % 4)),
            ("timeout", age),
        ):
            TMDBCalls.objects.create(hour=hour - timedelta(hours=age), outcome=outcome, calls=calls)
    return live_server.url


def enter(page, site, staff, path):
    let_in(page, site, staff)
    page.goto(f"{site}{path}")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_page_complains_of_nothing_and_fits(site, staff, size):
    with open_page(size) as (page, complaints):
        enter(page, site, staff, "/admin/")
        follow(page, "text=Catalogue: how fresh it is")
        page.wait_for_selector("#calls-heading")
        assert width_needed(page) <= size["width"]
        # Bars are as long as they mean to be: the busiest hour's fills its place.
        bars = page.locator(".bar.calls .part")
        widths = [bars.nth(place).bounding_box()["width"] for place in (0, 23)]
        assert widths[0] > 2 * widths[1] / 3 > 0
        assert page.locator(".rounds .trouble").inner_text() == "failed"
        assert complaints == []


def test_what_is_too_wide_scrolls_within_its_own_frame_by_keyboard_too(site, staff):
    with open_page(PHONE) as (page, _):
        enter(page, site, staff, OVERVIEW)
        frame = page.locator("[aria-labelledby=calls-heading] .wide")
        assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
        frame.focus()
        page.keyboard.press("ArrowRight")
        frame.evaluate("frame => new Promise(seen => frame.scrollLeft ? seen() : (frame.onscroll = seen))")


def test_the_buttons_ask_the_worker(site, staff):
    with open_page(DESKTOP) as (page, complaints):
        enter(page, site, staff, OVERVIEW)
        page.click(".rounds li:has-text('What TMDB says has changed') button")
        page.wait_for_selector("text=The worker will make the round “changes” now.")
        page.goto(f"{site}/admin/catalog/movie/1/change/")
        page.click("button:has-text('Ask TMDB again')")
        page.wait_for_selector("text=The worker will ask for 1 film again.")
        assert complaints == []
