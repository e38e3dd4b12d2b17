"""A member's lists, and one list; its owner makes and changes it here."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.member_pages import open_member
from watchlists import lists
from watchlists.finding import found_films
from watchlists.list_forms import ListForm
from watchlists.list_pages import items_page, own_list, previewed, seen_list, with_previews
from watchlists.models import List, Visibility
from watchlists.views.doors import own_door
from web.cursor_pages import cursor_page
from web.slugs import led_to

SHOWN, SHARED = 20, 50


@require_safe
def listed(request: HttpRequest, username: str) -> HttpResponse:
    """Those that the viewer may see, the last changed first; on one's own page also those of others to share in."""
    member = open_member(request.user, username, "lists")
    rows = List.objects.visible_to(request.user).filter(owner=member).order_by("-updated_at", "-pk")
    page = cursor_page(request, previewed(rows), SHOWN)
    known = {"member": member, "here": "lists", "page": page, "lists": with_previews(page.rows, request)}
    if member.is_own and not request.GET.get("cursor"):
        shared = List.objects.shared_with(request.user).select_related("owner").order_by("-updated_at", "-pk")
        known["shared"] = with_previews(list(previewed(shared)[:SHARED]), request)
    return render(request, "watchlists/lists.html", known)


@require_safe
def shown(request: HttpRequest, list_id: int, slug: str) -> HttpResponse:
    """One list, with how many of its films the viewer has seen."""
    made = seen_list(request, list_id)
    elsewhere = led_to(request, made.get_absolute_url())
    if elsewhere:
        return elsewhere
    is_own = made.owner_id == request.user.pk
    can_edit = is_own or List.objects.editable_by(request.user).filter(pk=made.pk).exists()
    known: dict[str, Any] = {
        "list": made,
        "is_own": is_own,
        "can_edit": can_edit,
        "share": made.shares.filter(member=request.user.pk).first() if not is_own else None,
        "page": items_page(request, made),
        "seen": lists.seen_count(made, request.user),
        "is_public": made.visibility == Visibility.PUBLIC,
        "key": request.GET.get("key", ""),
    }
    if can_edit:
        known["finding"] = found_films(request)
    return render(request, "watchlists/list.html", known)


@own_door
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    form = ListForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect(lists.make(owner=request.user, **form.cleaned_data))
    known = {"form": form, "title": _("A new list")}
    return render(request, "watchlists/form.html", known, status=400 if form.errors else 200)


@own_door
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, list_id: int) -> HttpResponse:
    made = own_list(request, list_id)
    form = ListForm(request.POST if request.method == "POST" else None, instance=made)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("The list was changed."))
        return redirect(lists.change(made, **form.cleaned_data))
    made.refresh_from_db(fields=["name"])  # the form has put there what was typed
    return render(
        request, "watchlists/list_edit.html", {"form": form, "list": made}, status=400 if form.errors else 200
    )


@own_door
@require_POST
def erase(request: HttpRequest, list_id: int) -> HttpResponse:
    lists.erase(own_list(request, list_id))
    messages.success(request, _("The list is gone."))
    return redirect("member_lists", request.user.username)


@own_door
@require_POST
def clone(request: HttpRequest, list_id: int) -> HttpResponse:
    """A copy for oneself, that nobody else sees."""
    made = lists.clone(seen_list(request, list_id), owner=request.user)
    messages.success(request, _("This is your own copy. Nobody else sees it yet."))
    return redirect(made)


@own_door
@require_POST
def renew_link(request: HttpRequest, list_id: int) -> HttpResponse:
    made = own_list(request, list_id)
    lists.renew_link(made)
    messages.success(request, _("The list has a new link. The one before opens nothing any more."))
    return redirect(made)
