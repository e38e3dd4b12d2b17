"""A review with what is said below it, as its page shows them."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from catalog.carded import with_cards
from reviews.models import Comment, Review
from web.cursor_pages import CursorPage, cursor_page

COMMENTS = 50


def read_review(request: HttpRequest, review_id: int) -> Review:
    """The review with its film's card, its author's rating, and whether the viewer likes it. Raises `Http404`."""
    rows = Review.objects.readable_by(request.user).for_reader(request.user)
    review = get_object_or_404(rows, pk=review_id)
    with_cards([review], request)
    return review


def comments_page(request: HttpRequest, review: Review) -> CursorPage:
    """What the viewer may read of it, thread after thread; without whom they mute."""
    rows = Comment.objects.filter(review=review).visible_to(request.user).unmuted_by(request.user)
    return cursor_page(request, rows.in_threads().select_related("author"), COMMENTS)


def shown(request: HttpRequest, review: Review) -> dict[str, Any]:
    page = comments_page(request, review)
    is_own = review.author_id == request.user.pk
    return {"review": review, "page": page, "comments": page.rows, "is_own": is_own, "is_page": True}
