"""A member's watchlist; its owner marks, notes and takes off here."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.member_pages import open_member
from catalog.carded import with_cards
from watchlists import watchlist
from watchlists.films import current_id
from watchlists.filters import WatchlistFilter, in_order
from watchlists.models import WatchlistEntry
from watchlists.views.doors import own_door
from watchlists.watchlist_form import EntryForm, WatchlistForm
from web.cursor_pages import cursor_page
from web.going_back import go_back

SHOWN = 30


@require_safe
def listed(request: HttpRequest, username: str) -> HttpResponse:
    """What is still to be seen, the last added first, unless the form says else. A bad field is a 400."""
    member = open_member(request.user, username, "watchlist")
    form = WatchlistForm(request.GET, is_member=request.user.is_authenticated)
    known: dict[str, Any] = {"member": member, "here": "watchlist", "form": form}
    if form.is_valid():
        entries = in_order(WatchlistEntry.objects.visible_to(request.user).filter(user=member), "-added_at")
        page = cursor_page(request, WatchlistFilter(form.asked(), entries, request=request).qs, SHOWN)
        known |= {"page": page, "entries": with_cards(page.rows, request)}
    known["priorities"] = WatchlistEntry.Priority.choices
    return render(request, "watchlists/watchlist.html", known, status=200 if form.is_valid() else 400)


@own_door
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, movie_id: int) -> HttpResponse:
    """The priority and the note."""
    entry = get_object_or_404(WatchlistEntry, user=request.user, movie=current_id(movie_id))
    now = {"priority": entry.priority, "note": entry.note}
    form = EntryForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        watchlist.change(user=request.user, movie_id=movie_id, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return go_back(request, _own(request))
    (entry,) = with_cards([entry], request)
    known = {"form": form, "title": entry.card["title"], "next": request.POST.get("next", ""), "leave": _own(request)}
    return render(request, "watchlists/form.html", known, status=400 if form.errors else 200)


@own_door
@require_POST
def mark(request: HttpRequest, movie_id: int) -> HttpResponse:
    """Seen, or not, by hand, whatever the diary says."""
    watched = request.POST.get("watched") == "true"
    watchlist.change(user=request.user, movie_id=movie_id, watched=watched)
    messages.success(request, _("Marked as seen.") if watched else _("Marked as still to be seen."))
    return go_back(request, _own(request))


@own_door
@require_POST
def remove(request: HttpRequest, movie_id: int) -> HttpResponse:
    watchlist.remove(user=request.user, movie_id=movie_id)
    messages.success(request, _("Taken off your watchlist."))
    return go_back(request, _own(request))


def _own(request: HttpRequest) -> str:
    return reverse("member_watchlist", args=[request.user.username])
