"""What a member says of films: their reviews, and their ratings."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.member_pages import open_member
from catalog.carded import with_cards
from reviews.models import Rating, Review
from web.cursor_pages import cursor_page

REVIEWS, RATINGS = 20, 60


@require_safe
def said(request: HttpRequest, username: str) -> HttpResponse:
    """The reviews, the newest first; `?show=ratings` the ratings. One's own stand here in any state."""
    member = open_member(request.user, username, "reviews")
    show = request.GET.get("show", "reviews")
    if show not in {"reviews", "ratings"}:
        raise Http404
    if show == "ratings":
        rows, size = Rating.objects.visible_to(request.user).filter(user=member).latest_first(), RATINGS
    else:
        rows, size = _reviews(request, member), REVIEWS
    page = cursor_page(request, rows, size)
    known: dict[str, Any] = {"member": member, "here": "reviews", "show": show, "page": page}
    return render(request, "reviews/member.html", known | {show: with_cards(page.rows, request)})


def _reviews(request: HttpRequest, member: Any) -> Any:
    rows = Review.objects.visible_to(request.user).filter(author=member).for_reader(request.user)
    return rows.latest_written() if member.is_own else rows.newest()
