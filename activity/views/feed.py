"""The start page: to who is signed in, what those they follow did; to others, what this site is."""

from typing import Any

from django.core.exceptions import BadRequest
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from activity.feed import Item, read_feed
from activity.serializers.feed import FeedReviewSerializer
from catalog.cards import cards
from catalog.readers import page_language
from catalog.views.home import home

SHOWN = 20


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    return feed(request) if request.user.is_authenticated else home(request)


def feed(request: HttpRequest) -> HttpResponse:
    """The last first; further pages leave out what was done since the first was read."""
    try:
        page = read_feed(request.user, request.GET.get("cursor", ""), SHOWN)
    except BadSignature as fault:
        raise BadRequest from fault
    known = {"items": _told(page.items, request), "older": page.next, "is_first": "cursor" not in request.GET}
    return render(request, "activity/feed.html", known)


def _told(items: list[Item], request: HttpRequest) -> list[Item]:
    """Each with the cards of its films, and the beginning of its review; one query more for a language."""
    columns = [dict(film.movie) for item in items for film in item.films]
    found = iter(cards(columns, page_language(request)))
    for item in items:
        item.cards = [next(found) | {"rating": film.rating} for film in item.films]
        item.excerpt = _beginning(item)
    return items


def _beginning(item: Item) -> Any:
    return FeedReviewSerializer(item.review).data["excerpt"] if item.review else ""
