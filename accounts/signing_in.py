"""The door of the API: who one is, by a password and, where it is on, a second factor."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import authenticate
from django.contrib.auth.models import update_last_login
from django.http import HttpRequest

from accounts import sessions
from accounts.limits import TooManyTries, count_try
from accounts.models import Session, User
from accounts.registration import is_confirmed, must_confirm

CODES = {Authenticator.Type.TOTP: TOTP, Authenticator.Type.RECOVERY_CODES: RecoveryCodes}


class WrongCredentials(Exception):
    """No such account, or not its password: nobody is told which."""


class CodeRequired(Exception):
    """The password is right; a second factor is on, and none was given."""


class NotConfirmed(Exception):
    """The password is right; the address is still to be confirmed."""


def sign_in(*, request: HttpRequest, login: str, password: str, code: str = "") -> Session:
    """A session of the member with this username or address. Raises what is declared above, or `TooManyTries`."""
    verdict = count_try(login)
    if not verdict.allowed:
        raise TooManyTries(verdict.retry_after)
    user = authenticate(request, username=login, password=password)
    if user is None:
        raise WrongCredentials
    check_code(user, code)
    if must_confirm() and not is_confirmed(user):
        raise NotConfirmed
    return admit(request=request, user=user)


def admit(*, request: HttpRequest, user: User) -> Session:
    """Begins the session of one who has shown who they are."""
    update_last_login(None, user)
    return sessions.begin(user=user, request=request)


def check_code(user: User, code: str) -> None:
    """Asks for the second factor, where it is on. Raises `CodeRequired`, or `WrongCredentials` for a wrong code."""
    factors = list(Authenticator.objects.filter(user=user))
    if not any(factor.type != Authenticator.Type.RECOVERY_CODES for factor in factors):
        return
    if not code:
        raise CodeRequired
    if not any(CODES[factor.type](factor).validate_code(code) for factor in factors if factor.type in CODES):
        raise WrongCredentials
