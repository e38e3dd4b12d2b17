"""A member's diary, as a list and as a calendar; its owner writes in it here."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.member_pages import open_member
from accounts.models import User
from catalog.carded import with_cards
from watchlists import diary, months
from watchlists.companions import shown_companions
from watchlists.filters import HistoryFilter
from watchlists.forms import ViewingForm
from watchlists.models import Precision, Viewing
from watchlists.views.doors import own_door
from watchlists.written import taken, written
from web.cursor_pages import cursor_page
from web.going_back import go_back

SHOWN = 30
NARROWED_BY = ("year", "tag", "rewatch", "since", "until", "movie_id")


@require_safe
def listed(request: HttpRequest, username: str) -> HttpResponse:
    """The latest first; what nobody dated comes last."""
    member = open_member(request.user, username, "diary")
    found = HistoryFilter(request.GET, _viewings(request, member), request=request)
    if not found.is_valid():
        raise BadRequest
    page = cursor_page(request, found.qs.latest_first(), SHOWN)
    known = {
        "member": member,
        "here": "diary",
        "page": page,
        "viewings": _shown(page.rows, request),
        "narrowed": {name: request.GET[name] for name in NARROWED_BY if request.GET.get(name)},
    }
    return render(request, "watchlists/diary.html", known)


@require_safe
def calendar(request: HttpRequest, username: str) -> HttpResponse:
    """One month, `?month=2026-11`; this one unless it is named."""
    member = open_member(request.user, username, "diary")
    first = months.month_of(request.GET.get("month"), timezone.now().date())
    if first is None:
        raise BadRequest
    viewings = _shown(list(months.viewings_in(_viewings(request, member), first)), request)
    known = {
        "member": member,
        "here": "diary",
        "month": months.month_with(viewings, first),
        "before": months.month_before(first),
        "after": months.next_month(first),
        "today": timezone.now().date(),
    }
    return render(request, "watchlists/calendar.html", known)


@own_door
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, viewing_id: int) -> HttpResponse:
    viewing = get_object_or_404(Viewing.objects.filter(user=request.user).select_related("user"), pk=viewing_id)
    sent = request.POST if request.method == "POST" else None
    form = ViewingForm(sent, member=request.user, initial=written(viewing))
    if request.method == "POST" and taken(form, partial(diary.change, viewing)):
        messages.success(request, _("The entry was changed."))
        return go_back(request, reverse("member_diary", args=[request.user.username]))
    (viewing,) = with_cards([viewing], request)
    known = {"form": form, "viewing": viewing, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "watchlists/viewing.html", known, status=400 if form.errors else 200)


@own_door
@require_POST
def remove(request: HttpRequest, viewing_id: int) -> HttpResponse:
    diary.remove(get_object_or_404(Viewing, user=request.user, pk=viewing_id))
    messages.success(request, _("The entry is gone."))
    return go_back(request, reverse("member_diary", args=[request.user.username]))


def _viewings(request: HttpRequest, member: User) -> Any:
    return Viewing.objects.visible_to(request.user).filter(user=member)


def _shown(rows: list[Viewing], request: HttpRequest) -> list[Viewing]:
    """Each with its film, and with those named there whom the viewer can find."""
    viewings = with_cards(rows, request)
    named: dict[int, list[User]] = {}
    for companion in shown_companions(viewings, request.user):
        named.setdefault(companion.viewing_id, []).append(companion.member)
    for viewing in viewings:
        viewing.seen_with = named.get(viewing.pk, [])
        # Under which heading of the list it stands.
        viewing.heading = viewing.precision == Precision.YEAR, (viewing.sorted_on.year, viewing.sorted_on.month)
    return viewings
