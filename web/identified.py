"""Who calls a read that is answered before the framework has looked: known by the project's own authenticators."""

from django.http import HttpRequest
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.settings import api_settings

from web.first_level import FirstLevel

# What is the same for everyone may be given to one who signed out elsewhere so long ago.
TRUSTED_FOR = 0.5
# A caller in memory, at the most; a thousand of them are remembered.
SIZE = 4_000
LONGEST = 2_000
_recent = FirstLevel(most_bytes=1_000 * SIZE)


def is_what_it_says(request: HttpRequest, at_once: bool = True) -> bool:
    """Whether the credential in the call's header is good, or there is none. Whose it is, is `request.user` then.

    A caller without one costs nothing here. One with a bad one is to be told so, by the view, as by any other.
    Unless `at_once`, one that was good half a second ago is good: a busy caller is looked up twice a second.
    """
    shown = request.META.get("HTTP_AUTHORIZATION")
    if shown is None:
        return True
    user, is_trusted = _recent.get(shown)
    if is_trusted and not at_once:
        request.user = user
        return True
    ways = [way() for way in api_settings.DEFAULT_AUTHENTICATION_CLASSES]
    try:
        user = Request(request, authenticators=ways).user
    except APIException:
        return False
    if user.is_authenticated and len(shown) <= LONGEST:
        _recent.put(shown, user, size=SIZE, confirmed_for=TRUSTED_FOR)
    return True


def forget_callers() -> None:
    """Looks each caller up anew: somebody signed out, or is not who they were."""
    _recent.clear()
