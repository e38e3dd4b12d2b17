"""Members who may not speak for a while: they read, and keep what is their own, but say nothing that others see."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts import sessions
from accounts.identity import tell_changed
from accounts.models import User
from accounts.models.visibility import Viewer
from web.throttling import SAFE_METHODS


def is_suspended(user: Viewer, now: datetime) -> bool:
    until = getattr(user, "suspended_until", None)
    return until is not None and until > now


def suspend(user: User, until: datetime | None) -> None:
    """Lets the member say nothing until then; None gives them back their voice."""
    user.suspended_until = until
    User.objects.filter(pk=user.pk).update(suspended_until=until)
    tell_changed(user)


def shut_out(user: User) -> None:
    """Ends every session, and lets nobody sign in to the account; what is the member's is seen by nobody."""
    user.is_active = False
    User.objects.filter(pk=user.pk).update(is_active=False)
    sessions.end_all(user)
    tell_changed(user)


def let_in(user: User) -> None:
    """Undoes `shut_out`; the sessions stay ended."""
    user.is_active = True
    User.objects.filter(pk=user.pk).update(is_active=True)
    tell_changed(user)


class MayPublish(BasePermission):
    """Reading is for whoever else may; writing not for who is suspended."""

    code = "suspended"

    def has_permission(self, request: Request, view: Any) -> bool:
        if request.method in SAFE_METHODS or not is_suspended(request.user, timezone.now()):
            return True
        self.message = told(request.user)
        return False


def may_publish(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Of a page that takes what others will see: who is suspended is told so, and goes back to where they were."""

    @wraps(page)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in SAFE_METHODS or not is_suspended(request.user, timezone.now()):
            return page(request, *args, **kwargs)
        messages.error(request, told(request.user))
        back = request.META.get("HTTP_REFERER", "")
        ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        return redirect(back if ours else "home")

    return asked


def told(user: User) -> str:
    day = date_format(user.suspended_until, "DATETIME_FORMAT")
    return _("You may not write here until %(until)s (UTC).") % {"until": day}
