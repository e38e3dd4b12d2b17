"""Members' pages in a real browser: they fit, complain of nothing, and axe-core finds nothing."""

from typing import Any

import pytest
from django.utils import timezone

from accounts import people
from accounts.models import Follow, User
from catalog.models import Movie
from reviews import discussion, services
from reviews.models import Review
from tests.axe import violations_in_each_scheme
from tests.browser import DESKTOP, PHONE, keep_pictures, let_in, open_page, settle, width_needed
from watchlists import favorites, lists
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
    "",
    "members/ann/stats",
    "members/ann/stats/{year}",
    "members/ann/reviews",
    "members/ann/reviews?show=ratings",
    "reviews/{review}",
    "reviews/{theirs}",
    "reviews/{theirs}/report",
    "comments/{comment}",
    "notifications",
]
REVIEW = """The **coffee**, the *night*, and >!what happens at the airport!<.

> I do what I do best.

Ask @bob."""


STRANGERS = ["members/ann", "members/ann/diary", "members/kim", "lists/{list}", "reviews/{review}"]


@pytest.fixture
def site(live_server, ann, bob):
    User.objects.filter(pk=ann.pk).update(display_name="Ann Example", bio="Mostly noir.\nSometimes Ozu.")
    fill(ann, bob, timezone.now().date())
    User.objects.create_user("eve", "eve@example.net", display_name="Eve")
    User.objects.create_user("kim", "kim@example.net", profile_privacy="followers")
    Follow.objects.create(follower=bob, followed=ann)
    talk(ann, bob)
    return live_server.url


def talk(ann: User, bob: User) -> None:
    """What they say of films, and to each other."""
    people.follow(follower=ann, followed=bob)
    heat, ronin = Movie.objects.get(pk=101), Movie.objects.get(pk=102)
    for film, value in ((heat, 9), (ronin, 7), (Movie.objects.get(pk=103), 10)):
        services.rate_movie(user=bob, movie=film, value=value)
        services.rate_movie(user=ann, movie=film, value=11 - value)
    review = services.write_review(author=ann, movie=heat, body=REVIEW, rating=10)
    services.write_review(author=ann, movie=ronin, body="The *car* chase.", contains_spoilers=True)
    services.write_review(author=bob, movie=heat, body="Loud and long, and I would see it again >!twice!< tonight.")
    favorites.add(user=bob, movie_id=102)
    lists.make(owner=bob, name="Chases", visibility="public")
    said = discussion.write_comment(review=review, author=bob, body="The diner!")
    discussion.write_comment(
        review=review, author=ann, body="Nothing happens, and >!everything does!<.", parent_id=said.pk
    )
    discussion.like_review(review=review, user=bob)


def addresses(pages: list[str], ann: User) -> dict[str, str]:
    """Each page's address, by the name under which its picture is kept."""
    made = List.objects.order_by("pk")
    known = {
        "year": timezone.now().year,
        "review": ann.reviews.order_by("pk")[0].pk,
        "comment": ann.review_comments.get().pk,
    }
    known["theirs"] = Review.objects.exclude(author=ann).get().pk
    known |= {"list": f"{made[0].pk}-films-of-the-night", "number": made[0].pk, "shared": f"{made[2].pk}-ours"}
    known["viewing"] = ann.viewings.order_by("pk")[6].pk
    return {name_of(page): page.format(**known) for page in pages}


def name_of(page: str) -> str:
    path, _, query = page.partition("?")
    plain = path.replace("members/ann", "own").translate(str.maketrans("/", "-", "{}"))
    return f"member-{plain or 'feed'}{'-more' if query else ''}"


def looked_at(page: Any, address: str, picture: str, width: int) -> list[str]:
    """What is wrong with the page."""
    response = page.goto(address)
    assert response.status == 200, address
    settle(page)
    keep_pictures(page, picture)
    faults = violations_in_each_scheme(page)
    page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")
    needed = width_needed(page)
    return faults + ([f"{needed} px wide"] if needed > width else [])


def faults_of(page: Any, site: str, pages: dict[str, str], width: int, who: str = "") -> dict[str, list[str]]:
    found = {name: looked_at(page, f"{site}/{path}", f"{name}-{width}{who}", width) for name, path in pages.items()}
    return {name: faults for name, faults in found.items() if faults}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_is_accessible_and_fits(site, ann, size):
    with open_page(size) as (page, complaints):
        let_in(page, site, ann)
        assert faults_of(page, site, addresses(PAGES, ann), size["width"]) == {}
        assert complaints == []


def test_strangers_find_accessible_pages_too(site, ann):
    with open_page(PHONE) as (page, complaints):
        assert faults_of(page, site, addresses(STRANGERS, ann), PHONE["width"], "-stranger") == {}
        assert complaints == []
