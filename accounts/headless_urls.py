"""allauth's headless API, whose calls count against the same limits as those of ours."""

from collections.abc import Iterator
from typing import Any

from allauth.headless.urls import app_name, urlpatterns
from django.http import Http404, HttpRequest
from django.urls import URLPattern, URLResolver

from accounts.page_doors import unless_taken
from web.limited import limited

__all__ = ["app_name", "urlpatterns"]

# Where one does not show who one is, though it stands among the doors.
NO_DOOR = "auth/session"
# This site knows no telephones, and allauth's way to them would fail.
UNUSED = "account/phone"


def not_there(request: HttpRequest, **places: Any) -> None:
    raise Http404


def patterns(within: list, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in within:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, route)
        else:
            yield route, one


for route, pattern in patterns(urlpatterns):
    is_door = "/auth/" in route and not route.endswith(NO_DOOR)
    view = not_there if route.endswith(UNUSED) else pattern.callback
    pattern.callback = limited(unless_taken(view) if route.endswith("account/email") else view, is_door and "login")
