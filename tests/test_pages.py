"""The pages in a real browser: they render, complain of nothing, and fit a phone."""

import pytest

from catalog.tests.films import make_heat, make_movie
from conftest import PASSWORD
from tests.browser import DESKTOP, PHONE, follow, open_page, width_needed

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server):
    make_heat()
    make_movie(1, "A film without a poster, whose title is rather long to be set in a small frame")
    return live_server.url


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize(
    ("path", "shown"),
    [
        # It shows what is scrolled to; the address does that.
        ("/api/docs#/movies/listMovies", ".opblock >> text=Browse films"),
        ("/api/redoc", "h2 >> text=Browse films"),
        ("/", "text=Popular now"),
    ],
)
def test_a_page_renders_without_a_complaint(site, path, shown, size):
    with open_page(size) as (page, complaints):
        page.goto(site + path)
        page.wait_for_selector(shown)
        page.wait_for_load_state("networkidle")
        assert complaints == []


@pytest.mark.parametrize("path", ["/", "/nowhere"])
def test_a_page_is_no_wider_than_a_phone(site, path):
    with open_page(PHONE) as (page, _):
        page.goto(site + path)
        assert width_needed(page) <= PHONE["width"]


def test_a_call_can_be_tried_from_the_documents(site):
    with open_page(DESKTOP) as (page, complaints):
        page.goto(f"{site}/api/docs#/movies/getMovie")
        page.fill("input[placeholder='movie_id']", "949")
        page.click("button.execute")
        page.wait_for_selector(".live-responses-table >> text=Heat")
        assert complaints == []


def test_the_home_page_shows_the_films_and_leads_to_them(site):
    with open_page(DESKTOP) as (page, _):
        page.goto(site)
        assert page.locator(".posters li").count() == 2
        follow(page, ".posters a:has-text('Heat')")
        assert "Vincent Hanna" in page.content()


def test_the_admin_works_under_the_content_security_policy(site, staff):
    with open_page(DESKTOP) as (page, complaints):
        page.goto(f"{site}/admin/")
        page.fill("#id_login", staff.username.upper())
        page.fill("#id_password", PASSWORD)
        follow(page, "#content button[type=submit]")
        page.goto(f"{site}/admin/catalog/movie/?q=heat")
        page.click("#result_list a:has-text('Heat')")
        page.wait_for_selector("text=Vincent Hanna")
        assert complaints == []
