"""What members wrote, for programs that follow it: what everybody may see, and no spoilers."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.member_pages import open_member
from catalog.carded import with_cards
from reviews.models import Review
from reviews.templatetags.reviews import hides_something
from web.atom import PublicFeed

SHOWN = 30


class ReviewFeed(PublicFeed):
    def get_object(self, request: HttpRequest, username: str) -> dict[str, Any]:
        member = open_member(AnonymousUser(), username, "reviews")
        nobody = AnonymousUser()
        rows = Review.objects.published_to(nobody).filter(author=member).for_reader(nobody)
        return {"member": member, "reviews": with_cards(rows.newest()[:SHOWN], request)}

    def title(self, feed: dict[str, Any]) -> str:
        return _("{}’s reviews").format(feed["member"].get_full_name())

    def link(self, feed: dict[str, Any]) -> str:
        return reverse("member_reviews", args=[feed["member"].username])

    def feed_url(self, feed: dict[str, Any]) -> str:
        return reverse("member_reviews_feed", args=[feed["member"].username])

    def author_name(self, feed: dict[str, Any]) -> str:
        return feed["member"].get_full_name()

    def items(self, feed: dict[str, Any]) -> list[Review]:
        return feed["reviews"]

    def item_title(self, review: Review) -> str:
        title, year = review.card["title"], review.card["year"]
        told = f"{title} ({year})" if year else title
        return f"{told} · {review.rating}/10" if review.rating else told

    def item_description(self, review: Review) -> str:
        """HTML that was rendered and sanitised; a feed has no way to fold what tells what happens."""
        if review.contains_spoilers or hides_something(review):
            return _("It tells what happens. Read it on the site.")
        return review.html

    def item_link(self, review: Review) -> str:
        return reverse("review", args=[review.pk])

    def item_guid(self, review: Review) -> str:
        return f"urn:marquee:review:{review.pk}"

    def item_pubdate(self, review: Review) -> datetime:
        return review.published_at

    def item_updateddate(self, review: Review) -> datetime:
        return review.edited_at or review.published_at


review_feed = require_safe(ReviewFeed())
