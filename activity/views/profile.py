"""A member's profile: who they are, what they love, what they saw and wrote last."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.member_pages import shown_member
from accounts.models import User
from catalog.carded import with_cards
from reviews.models import Review
from watchlists.list_pages import previewed, with_previews
from watchlists.models import Favorite, List, Viewing
from watchlists.models.holdings import TOP

LATEST, REVIEWS = 6, 3


@require_safe
def profile(request: HttpRequest, username: str) -> HttpResponse:
    """The whole of what the viewer may see; of a profile for followers, to others, the card alone."""
    member = shown_member(request.user, username)
    known: dict[str, Any] = {"member": member, "here": "profile"}
    if member.is_open:
        known |= _rooms(request, member)
    return render(request, "activity/profile.html", known)


def _rooms(request: HttpRequest, member: User) -> dict[str, Any]:
    """One query, and one for all films of each, for every room that is open."""
    viewer, found = request.user, {}
    if "favorites" in member.rooms:
        rows = Favorite.objects.visible_to(viewer).filter(user=member).in_order()[:TOP]
        found["favorites"] = with_cards(rows, request)
    if "diary" in member.rooms:
        rows = Viewing.objects.visible_to(viewer).filter(user=member).latest_first()[:LATEST]
        found["viewings"] = with_cards(rows, request)
    if "reviews" in member.rooms:
        rows = Review.objects.published_to(viewer).filter(author=member).for_reader(viewer)
        found["reviews"] = with_cards(rows.newest()[:REVIEWS], request)
    lists = List.objects.visible_to(viewer).filter(owner=member).order_by("-updated_at", "-pk")
    found["lists"] = with_previews(list(previewed(lists)[:LATEST]), request)
    return found
