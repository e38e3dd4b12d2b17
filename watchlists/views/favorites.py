"""A member's favorites; their owner puts them in order here, one step at a time."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.member_pages import open_member
from catalog.carded import with_cards
from watchlists import favorites
from watchlists.films import current_id
from watchlists.finding import found_films
from watchlists.models import Favorite
from watchlists.models.holdings import TOP
from watchlists.steps import rank_of, step
from watchlists.views.doors import own_door
from web.cursor_pages import cursor_page
from web.going_back import go_back

SHOWN = 48


@require_safe
def listed(request: HttpRequest, username: str) -> HttpResponse:
    """In their owner's order; the first four are the top four."""
    member = open_member(request.user, username, "favorites")
    rows = Favorite.objects.visible_to(request.user).filter(user=member)
    page = cursor_page(request, rows.in_order(), SHOWN)
    favorites_shown = with_cards(page.rows, request)
    if page.rows:
        first = rank_of(rows, page.rows[0]) if request.GET.get("cursor") else 1
        for rank, favorite in enumerate(favorites_shown, first):
            favorite.rank = rank
    known: dict[str, Any] = {"member": member, "here": "favorites", "page": page, "favorites": favorites_shown}
    if member.is_own:
        known["finding"] = found_films(request)
    return render(request, "watchlists/favorites.html", known | {"top": TOP})


@own_door
@require_POST
def add(request: HttpRequest, movie_id: int) -> HttpResponse:
    favorites.add(user=request.user, movie_id=movie_id)
    messages.success(request, _("It is among your favorites."))
    return go_back(request, _own(request))


@own_door
@require_POST
def move(request: HttpRequest, movie_id: int) -> HttpResponse:
    rows = Favorite.objects.filter(user=request.user)
    favorite = get_object_or_404(rows, movie=current_id(movie_id))
    try:
        favorites.move(user=request.user, movie_id=movie_id, position=step(rows, favorite, request.POST.get("to", "")))
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    return go_back(request, _own(request))


@own_door
@require_POST
def remove(request: HttpRequest, movie_id: int) -> HttpResponse:
    favorites.remove(user=request.user, movie_id=movie_id)
    messages.success(request, _("No favorite of yours any more."))
    return go_back(request, _own(request))


def _own(request: HttpRequest) -> str:
    return reverse("member_favorites", args=[request.user.username])
