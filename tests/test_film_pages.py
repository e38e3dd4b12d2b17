"""The films' pages in a real browser: accessible and fitting, with a script and without, by keyboard too."""

import pytest

from catalog.models import Collection, Movie, Region
from catalog.tests.films import make_heat, make_movie, make_offer, make_person, make_provider
from tests.axe import violations, violations_in_each_scheme
from tests.browser import DESKTOP, PHONE, follow, keep_pictures, open_page, width_needed

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]
PAGES = {
    "home": "/",
    "browse": "/movies",
    "browse-faults": "/movies?year_min=1&genre=80&provider=8&rating_min=11",
    "movie": "/movies/949-heat",
    "movie-bare": "/movies/1-a-film-without-a-poster-whose-title-is-rather-long-to-be-set-in-a-small-frame",
    "search": "/search?q=haet",
    "search-people": "/search?q=pacino",
    "person": "/people/1158-al-pacino",
    "collection": "/collections/7-heat-collection",
}


@pytest.fixture
def site(live_server):
    heat = make_heat()
    for number in range(15):
        person = make_person(3000 + number, f"Somebody with a name {number}")
        heat.credits.create(person=person, kind="cast", position=number + 1, character="A part")
    for code, name in (("US", "United States of America"), ("FR", "France")):
        Region.objects.get_or_create(code=code, defaults={"name": name, "has_streaming": True})
    make_offer(heat, make_provider(2, "Apple TV", US=1), region="US", kind="rent")
    make_movie(
        1,
        "A film without a poster, whose title is rather long to be set in a small frame",
        genres=tuple(heat.genres.all()),
    )
    Movie.objects.filter(pk=949).update(
        collection=Collection.objects.create(tmdb_id=7, name="Heat Collection"),
        overview="A thief who has nothing that he could not leave in thirty seconds meets a policeman.",
        tagline="A Los Angeles crime saga",
        budget=60_000_000,
    )
    return live_server.url


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_is_accessible_and_fits(site, size):
    with open_page(size) as (page, complaints):
        faults = {}
        for name, path in PAGES.items():
            page.goto(site + path)
            page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
            faults[name] = violations_in_each_scheme(page)
            assert width_needed(page) <= size["width"], path
            keep_pictures(page, f"film-{name}-{size['width']}")
        assert {name: found for name, found in faults.items() if found} == {}
        assert [text for text in complaints if "400 (Bad Request)" not in text] == []


def test_films_are_suggested_as_one_types_and_walked_through_by_keys(site):
    with open_page(DESKTOP) as (page, complaints):
        page.goto(site)
        page.locator("#find").press_sequentially("hea")
        page.wait_for_selector("#suggestions a:has-text('Heat')")
        assert violations(page) == []
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Escape")
        assert page.locator("#suggestions a").count() == 0
        assert page.evaluate("document.activeElement.id") == "find"
        page.locator("#find").press_sequentially("t")
        page.wait_for_selector("#suggestions a")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/movies/949-heat")
        assert complaints == []


def test_a_film_is_found_and_looked_at_without_a_script(site):
    with open_page(PHONE, scripts=False) as (page, _):
        page.goto(site)
        page.fill("#find", "haet")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        follow(page, ".posters a:has-text('Heat')")
        assert page.url == f"{site}/movies/949-heat"
        page.select_option("#region", "FR")
        follow(page, ".chooser button")
        assert "region=FR" in page.url
        assert "Nobody has said where it can be streamed in France" in page.inner_text("#streaming")
        follow(page, ".people a:has-text('Al Pacino')")
        assert page.url == f"{site}/people/1158-al-pacino"


def test_films_are_narrowed_without_a_script(site):
    with open_page(PHONE, scripts=False) as (page, _):
        page.goto(f"{site}/movies")
        page.click("text=Years and length")
        page.fill("#id_runtime_min", "150")
        follow(page, "form.filters button[type=submit]")
        assert page.locator(".posters .title").all_inner_texts() == ["Heat"]
        assert page.input_value("#id_runtime_min") == "150"


def test_a_poster_that_does_not_load_leaves_its_place(site):
    with open_page(DESKTOP) as (page, _):
        page.goto(f"{site}/movies/949-heat")
        page.locator(".head .poster img").wait_for(state="detached")
        assert page.locator(".head .placeholder").is_visible()
