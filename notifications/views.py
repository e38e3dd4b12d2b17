"""One's mailbox as a page."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notifications import services, wording
from notifications.models import Notification
from web.cursor_pages import cursor_page

SHOWN = 40


@login_required
@never_cache
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What one was told, the last first."""
    page = cursor_page(request, _own(request).select_related("sender"), SHOWN)
    told = [(row, wording.text_of(row), wording.url_of(row)) for row in page.rows]
    known: dict[str, Any] = {"page": page, "told": told, "has_unread": _own(request).unread().exists()}
    return render(request, "notifications/notifications.html", known)


@login_required
@require_POST
def open_one(request: HttpRequest, notification_id: int) -> HttpResponse:
    """Marks it as read, and leads to what it is about."""
    found = get_object_or_404(_own(request).select_related("sender"), pk=notification_id)
    services.read(found)
    url = wording.url_of(found) or ""
    return redirect(url if url.startswith("/") and not url.startswith("//") else "notifications")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    number = services.read_all(request.user)
    messages.success(request, ngettext("%d was marked as read.", "%d were marked as read.", number) % number)
    return redirect("notifications")


def _own(request: HttpRequest) -> Any:
    return Notification.objects.addressed_to(request.user)
