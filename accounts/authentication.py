"""How a call says whose it is: `Authorization: Bearer <access token>` or `Authorization: Api-Key <key>`."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException, AuthenticationFailed, PermissionDenied, Throttled
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts import api_keys, sessions
from accounts.models import User
from web.throttling import SAFE_METHODS, allow

CHALLENGE = 'Bearer realm="api"'


def shown(request: Request, scheme: str) -> str | None:
    """What follows the scheme in the header; None where another is used, or none."""
    name, _space, value = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return value.strip() if name.lower() == scheme else None


def refused(request: Request, told: str, code: str) -> APIException:
    """What to raise of a bad credential. It counts as a call without one: else guessing had no limit."""
    plain = getattr(request, "_request", request)
    verdict = allow(plain)
    return AuthenticationFailed(told, code) if verdict.allowed else Throttled(verdict.retry_after)


class TokenAuthentication(BaseAuthentication):
    """By access token; `request.auth` is the id of its session."""

    def authenticate(self, request: Request) -> tuple[User, Any] | None:
        token = shown(request, "bearer")
        if token is None:
            return None
        found = sessions.member_of(token)
        if found is None:
            raise refused(request, _("This token is not, or no longer, good."), "token_not_valid")
        return found

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


class KeyAuthentication(BaseAuthentication):
    """By API key; `request.auth` is what is known of it (`api_keys.Grant`)."""

    may_only_read = True

    def authenticate(self, request: Request) -> tuple[User, Any] | None:
        secret = shown(request, "api-key")
        if secret is None:
            return None
        found = api_keys.member_of(secret)
        if found is None:
            raise refused(request, _("This key is not, or no longer, good."), "key_not_valid")
        user, grant = found
        if not grant.can_write and request.method not in SAFE_METHODS:
            raise PermissionDenied(_("This key may only read."), "read_only_key")
        return user, grant

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


class InPerson(BasePermission):
    """Signed in, not by a key: what a member gives to an app must not open, nor keep, more doors than that."""

    message = _("An API key may not do this. Sign in.")
    code = "key_not_allowed"

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user.is_authenticated) and not isinstance(request.auth, api_keys.Grant)
