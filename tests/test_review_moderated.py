"""One review from its writing to its return: found by a misspelt title, reported, hidden, appealed; who sees it."""

import re
from contextlib import contextmanager

import pytest

from accounts.tests.members import make_member
from catalog.tests.films import make_heat
from conftest import PASSWORD
from reviews.models import Review
from reviews.tests.moderating import make_moderator
from tests.axe import violations
from tests.browser import DESKTOP, PHONE, follow, let_in, open_page
from watchlists.models import Viewing

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]
ENDING = "He lets go of his hand at the end."
FILM = "/movies/949-heat"


@pytest.fixture
def site(live_server):
    make_heat()
    return live_server.url


@contextmanager
def signed_in(site, member, size=DESKTOP):
    with open_page(size) as (page, complaints):
        page.goto(f"{site}/accounts/login/")
        page.fill("[name=login]", member.username)
        page.fill("[name=password]", PASSWORD)
        follow(page, "main button[type=submit]")
        yield page
        assert complaints == []


def with_password(member):
    member.set_password(PASSWORD)
    member.save()
    return member


def write_it(site, ann):
    with signed_in(site, ann, PHONE) as page:
        page.goto(f"{site}/search?q=haet")
        page.click(".posters a:has-text('Heat')")
        page.click("#log summary")
        page.click("#log-it")
        page.wait_for_selector("#log summary .facts")
        page.click("#write summary")
        page.fill("#write [name=body]", ENDING)
        page.check("#write [name=contains_spoilers]")
        page.click("#publish")
        page.wait_for_selector("#write summary:has-text('published')")
        assert violations(page) == []
    assert Viewing.objects.get().user == ann


def report_it(site, bob, review):
    with signed_in(site, bob, PHONE) as page:
        page.goto(site + FILM)
        story = page.locator(f"#review-{review.pk}")
        assert not story.locator(".prose").is_visible(), "the ending is folded"
        story.locator("summary").click()
        assert ENDING in story.inner_text()
        follow(page, f"#review-{review.pk} a:has-text('Report')")
        assert violations(page) == []
        page.check("[name=reason][value=spoiler]")
        page.click("main form button[type=submit]")
        page.wait_for_selector(".messages")


def hide_it(site, moderator):
    with signed_in(site, moderator) as page:
        page.goto(f"{site}/admin/reviews/case/")
        page.click("#result_list a >> nth=0")
        page.click("button[value=hide]")
        page.wait_for_selector("text=Done. The author is told")


def appeal_to_it(site, ann, review):
    with signed_in(site, ann) as page:
        page.goto(site + FILM)
        page.click("#write summary")
        assert "only you see it" in page.inner_text("#write")
        assert page.locator(f"#review-{review.pk}").count() == 0, "not even the author sees it among the others"
        page.goto(f"{site}/notifications")
        assert "inspector" not in page.inner_text("main")
        page.click("main :text('was hidden')")
        page.wait_for_url(re.compile("/appeals/"))
        assert violations(page) == []
        page.fill("[name=text]", "It is in the trailer.")
        page.click("main form button[type=submit]")
        page.wait_for_selector("text=It waits to be read")


def grant_it(site, senior):
    with signed_in(site, senior) as page:
        page.goto(f"{site}/admin/reviews/appeal/")
        follow(page, "#result_list a >> nth=0")
        assert "It is in the trailer." in page.inner_text("main, #content")
        page.click("button[value=yes]")
        page.wait_for_selector("text=Answered; the author is told")


def seen_by(site, readers, review):
    """Whether the film's page and the review's own show it to each of them; who is nobody is a stranger."""
    with open_page(DESKTOP) as (page, complaints):
        for reader in readers:
            page.context.clear_cookies()
            if reader:
                let_in(page, site, reader)
            page.goto(site + FILM)
            way = f"/members/{reader.username}" if reader else "/accounts/login/"
            assert page.locator(f".top [href^='{way}']").count(), "it is them to whom it is shown"
            on_film = page.locator(f"#review-{review.pk}").count() == 1
            answer = page.request.get(f"{site}/reviews/{review.pk}")
            assert (ENDING in answer.text()) == (answer.status == 200)
            yield on_film, answer.status
        assert complaints == []


def test_each_sees_exactly_what_they_should_at_each_step(site, ann, bob):
    inspector, senior = with_password(make_moderator()), with_password(make_moderator("senior", "Senior moderator"))
    carl = make_member("carl")
    write_it(site, ann)
    review = Review.objects.get()
    assert [*seen_by(site, (ann, bob, carl, None), review)] == 4 * [(True, 200)]
    report_it(site, bob, review)
    assert [*seen_by(site, (carl,), review)] == [(True, 200)], "a report alone hides nothing"
    hide_it(site, inspector)
    assert [*seen_by(site, (ann, bob, carl, None), review)] == [(False, 200), *3 * [(False, 404)]]
    appeal_to_it(site, ann, review)
    grant_it(site, senior)
    assert [*seen_by(site, (ann, bob, None), review)] == 3 * [(True, 200)]
