"""The door of the API for who has an account at a provider: in, up, or to the account that they have here already."""

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from allauth.account.internal.userkit import filter_users_by_email
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.limits import TooManyTries, count_try
from accounts.models import Session, User
from accounts.registration import create, is_confirmed, must_confirm
from accounts.signing_in import NotConfirmed, WrongCredentials, admit, check_code

NO_ADDRESS = _("The provider told no e-mail address. Give one.")


class ProofRequired(Exception):
    """There is an account with this address, which the provider's is not tied to: its password was not given."""


@dataclass(frozen=True)
class Entrance:
    """`session` is None for one who must confirm their address first."""

    user: User
    session: Session | None
    is_new: bool


def enter(*, request: HttpRequest, login: SocialLogin, given: dict[str, str]) -> Entrance:
    """Signs in who `login` is tied to; else ties it to the account whose `password` is given, or makes one.

    `given` may hold `otp`, `password`, and, for a new account, `username` and `email`. Raises `ProofRequired`,
    `ValidationError`, and what `signing_in.sign_in` does.
    """
    account = _known(login)
    if account:
        return Entrance(account.user, _admitted(request, account.user, given), is_new=False)
    address = next(iter(login.email_addresses), None)
    email = address.email if address else given.get("email", "").strip().lower()
    if not email:
        raise ValidationError({"email": ValidationError(NO_ADDRESS, "required")})
    holder = next(iter(filter_users_by_email(email)), None)
    if holder is None:
        user = User(username=given.get("username") or login.user.username, email=email)
        return _newcomer(request, login, user, given)
    if given.get("password"):
        return _tied(request, login, holder, given)
    if must_confirm() and not (address and address.verified):
        # Who has the address is told, and nobody else that there is somebody.
        get_adapter(request).send_account_already_exists_mail(email)
        return Entrance(User(username=login.user.username, email=email), None, is_new=True)
    raise ProofRequired


def _known(login: SocialLogin) -> SocialAccount | None:
    return SocialAccount.objects.filter(provider=login.account.provider, uid=login.account.uid).first()


def _newcomer(request: HttpRequest, login: SocialLogin, user: User, given: dict[str, str]) -> Entrance:
    user.display_name = login.user.display_name
    user.set_unusable_password()
    is_theirs = any(address.verified for address in login.email_addresses)
    try:
        with transaction.atomic():
            _tie(login, create(user=user, request=request, is_confirmed=is_theirs))
    except (IntegrityError, ValidationError):
        if not _known(login):
            raise
        return enter(request=request, login=login, given=given)  # the same call, a moment earlier
    waits = must_confirm() and not is_theirs
    return Entrance(user, None if waits else admit(request=request, user=user), is_new=True)


def _tied(request: HttpRequest, login: SocialLogin, holder: User, given: dict[str, str]) -> Entrance:
    _count(holder)
    user = authenticate(request, username=holder.username, password=given["password"])
    if user is None:
        raise WrongCredentials
    session = _admitted(request, user, given, is_counted=True)
    _tie(login, user)
    return Entrance(user, session, is_new=False)


def _admitted(request: HttpRequest, user: User, given: dict[str, str], *, is_counted: bool = False) -> Session:
    if not user.is_active:
        raise WrongCredentials
    if given.get("otp") and not is_counted:
        _count(user)
    check_code(user, given.get("otp", ""))
    if must_confirm() and not is_confirmed(user):
        raise NotConfirmed
    return admit(request=request, user=user)


def _tie(login: SocialLogin, user: User) -> None:
    login.account.user = user
    login.account.save(force_insert=True)


def _count(user: User) -> None:
    verdict = count_try(user.username)
    if not verdict.allowed:
        raise TooManyTries(verdict.retry_after)
