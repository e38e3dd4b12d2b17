"""Members' pages in a real browser: they fit, complain of nothing, and axe-core finds nothing."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Follow, User
from tests.browser import DESKTOP, PHONE, keep_picture, open_page
from tests.test_account_pages import sign_in, violations
from watchlists.models import List
from watchlists.tests.shelves import fill

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]
PAGES = [
    "members/ann",
    "members/ann/diary",
    "members/ann/diary/calendar",
    "members/ann/watchlist",
    "members/ann/watchlist?watched=all&ordering=-priority",
    "members/ann/favorites",
    "members/ann/lists",
    "members/eve",
    "lists/{list}",
    "lists/{number}/edit",
    "lists/{number}/people",
    "lists/new",
    "lists/{shared}",
    "diary/log?q=heat",
    "diary/log/101",
    "diary/{viewing}",
    "watchlist/105",
]
STRANGERS = ["members/ann", "members/ann/diary", "members/ann/lists", "members/kim", "lists/{list}"]


@pytest.fixture
def site(live_server, ann, bob):
    User.objects.filter(pk=ann.pk).update(display_name="Ann Example", bio="Mostly noir.\nSometimes Ozu.")
    fill(ann, bob, timezone.now().date())
    User.objects.create_user("eve", "eve@example.net", display_name="Eve")
    User.objects.create_user("kim", "kim@example.net", profile_privacy="followers")
    Follow.objects.create(follower=bob, followed=ann)
    return live_server.url


def addresses(pages: list[str], ann: User) -> list[str]:
    made = List.objects.order_by("pk")
    known = {"list": f"{made[0].pk}-films-of-the-night", "number": made[0].pk, "shared": f"{made[2].pk}-ours"}
    return [page.format(**known, viewing=ann.viewings.order_by("pk")[6].pk) for page in pages]


def looked_at(page: Any, site: str, path: str, size: dict[str, int], scheme: str) -> list[str]:
    """What is wrong with the page."""
    response = page.goto(f"{site}/{path}")
    assert response.status == 200, path
    page.wait_for_load_state("networkidle")
    name = path.partition("?")[0].strip("/").replace("/", "-")
    keep_picture(page, f"{name}{'-more' if '?' in path else ''}-{size['width']}-{scheme}")
    width = page.evaluate("document.documentElement.scrollWidth")
    return violations(page) + ([f"{width} px wide"] if width > size["width"] else [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_is_accessible_and_fits(site, ann, size, scheme):
    with open_page(size) as (page, complaints):
        page.emulate_media(color_scheme=scheme)
        sign_in(page, site)
        found = {path: looked_at(page, site, path, size, scheme) for path in addresses(PAGES, ann)}
        assert {path: faults for path, faults in found.items() if faults} == {}
        assert complaints == []
