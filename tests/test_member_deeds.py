"""What members do on their pages, in a real browser: in place with a script, page by page without one, by keyboard."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Follow
from reviews import discussion, services
from reviews.models import Comment
from tests.browser import DESKTOP, PHONE, follow, let_in, open_page
from tests.test_account_pages import sign_in, submit
from watchlists import favorites, watchlist
from watchlists.models import List, Viewing
from watchlists.tests.shelves import make_films

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server, ann, bob):
    films = make_films()
    for film in films[:3]:
        favorites.add(user=ann, movie_id=film.pk)
    watchlist.add(user=ann, movie_id=105)
    services.write_review(author=bob, movie=films[0], body="Loud, and >!they meet!<.")
    return live_server.url


def titles(page: Any) -> list[str]:
    return page.locator("main .posters .title").all_inner_texts()


def test_a_film_is_logged_and_listed_without_a_script(site, ann):
    with open_page(PHONE, scripts=False) as (page, _):
        sign_in(page, site)
        page.goto(f"{site}/diary/log")
        page.fill("#film-name", "stalkr")
        submit(page)
        page.click("text=Stalker")
        page.fill("#viewing_vague", "2026-0")
        submit(page)
        assert "Give a month or a year" in page.inner_text("main")
        page.fill("#viewing_vague", "")
        page.fill("#viewing_day", timezone.now().date().isoformat())
        page.select_option("#viewing_rating", "9")
        submit(page)
        assert page.url.endswith("/members/ann/diary")
        assert Viewing.objects.get().rating == 9
        page.goto(f"{site}/lists/new")
        page.fill("#id_name", "Rain")
        submit(page)
        page.fill("#film-name", "ronin")
        follow(page, "text=Find")
        follow(page, "text=Add Ronin")
        assert List.objects.get().items.get().movie_id == 102


def test_favorites_change_places_in_place_and_by_keyboard(site, ann):
    with open_page(DESKTOP) as (page, complaints):
        let_in(page, site, ann)
        page.goto(f"{site}/members/ann/favorites")
        page.evaluate("window.stayed = true")
        page.focus("#f103-up")
        with page.expect_response(lambda answer: answer.url.endswith("/members/ann/favorites")):
            page.keyboard.press("Enter")
        page.wait_for_function("document.querySelectorAll('main .posters .title')[1].textContent.includes('Samoura')")
        assert titles(page)[:3] == ["Heat", "Le Samouraï", "Ronin"]
        assert page.evaluate("window.stayed"), "the page was not loaded anew"
        assert page.evaluate("document.activeElement.id") == "f103-up", "one goes on where one was"
        assert complaints == []


def test_what_a_page_refuses_is_shown_in_place(site, ann, settings):
    with open_page(DESKTOP) as (page, _):
        let_in(page, site, ann)
        page.goto(f"{site}/members/ann/watchlist")
        ann.watchlist.all().delete()
        page.click("text=Mark as seen")
        page.wait_for_selector("main >> text=404")


def test_one_follows_and_hides_without_a_script(site, ann, bob):
    with open_page(PHONE, scripts=False) as (page, _):
        let_in(page, site, ann)
        page.goto(f"{site}/members/bob")
        follow(page, "text=Follow bob")
        assert Follow.objects.filter(follower=ann, followed=bob).exists()
        page.click("summary:has-text('More')")
        follow(page, "#tie-block")
        assert "You block them" in page.inner_text("main")


def test_one_likes_and_takes_a_comment_back_in_place(site, ann, bob):
    review = bob.reviews.get()
    discussion.write_comment(review=review, author=ann, body="Hasty.")
    with open_page(DESKTOP) as (page, complaints):
        let_in(page, site, ann)
        page.goto(f"{site}/reviews/{review.pk}")
        page.click(f"#like-{review.pk}")
        page.wait_for_selector(f"#like-{review.pk}[aria-pressed=true]")
        page.click("text=Delete your comment")
        page.wait_for_selector("text=Your comment is gone.")
        assert "Hasty." not in page.inner_text("main")
        assert page.locator(f"#like-{review.pk}[aria-pressed=true]").count() == 1
        assert complaints == []


def test_one_talks_below_a_review_without_a_script(site, ann, bob):
    review = bob.reviews.get()
    with open_page(PHONE, scripts=False) as (page, _):
        let_in(page, site, ann)
        page.goto(f"{site}/reviews/{review.pk}")
        page.fill("#id_body", "I *agree*.")
        follow(page, "text=Say it")
        said = Comment.objects.get()
        assert page.url.endswith(f"#comment-{said.pk}")
        page.click("summary:has-text('Answer')")
        page.fill(f"#answer-{said.pk}", "To myself.")
        follow(page, f"#comment-{said.pk} button:has-text('Say it')")
        assert Comment.objects.filter(parent=said).exists()
        page.goto(f"{site}/reviews/{review.pk}/report")
        page.check("input[value=spoiler]")
        submit(page)
        assert "The moderators will look at it." in page.inner_text("main")
