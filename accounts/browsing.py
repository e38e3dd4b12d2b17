"""Browsers' sessions are sessions too: listed with the others, and ended from anywhere."""

import uuid
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from accounts import sessions

KEY = "marquee_session"


class BrowserSessions:
    """Signs a browser out whose session was ended, when a view asks who it is; and says which session it is.

    That is `request.session_id`, once `request.user` was looked at.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.session_id = None
        user = getattr(request, "user", None)
        if user is not None:  # where nobody can be signed in, there is none
            request.user = SimpleLazyObject(lambda: _still_in(request, user))
        return self.get_response(request)


def _still_in(request: HttpRequest, user: Any) -> Any:
    if not user.is_authenticated:
        return user
    held = request.session.get(KEY)
    if held and sessions.is_live(uuid.UUID(held), user.pk):
        request.session_id = uuid.UUID(held)
        return user
    request.user = user  # whom `logout` looks at, and who this function is still asked for
    logout(request)
    return AnonymousUser()
