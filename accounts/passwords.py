"""Passwords: chosen, changed, and lost."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.password_reset import finalize_password_reset, request_password_reset
from allauth.account.utils import url_str_to_user_pk
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.limits import TooManyTries, count_try
from accounts.models import User

NOT_GOOD = _("This link is not, or no longer, good. Ask for a new one.")


def change(*, request: HttpRequest, user: User, password: str) -> None:
    """Gives the member a new password; every other session of theirs ends. Raises `ValidationError` for a weak one."""
    validate_password(password, user)
    with transaction.atomic():
        get_adapter(request).set_password(user, password)


def ask_for_reset(*, request: HttpRequest, email: str) -> None:
    """Sends a link by which a new password can be set, if there is such a member.

    For an address that nobody has, the same work is done, and the mail goes to nobody.
    """
    address = email.strip().lower()
    found = User.objects.filter(Exact(Lower("email"), address), is_active=True).first()
    nobody = User(pk=0, username="nobody", email=address)
    request_password_reset(request, address if found else "", [found or nobody], default_token_generator)


def reset(*, request: HttpRequest, key: str, password: str) -> None:
    """Sets a new password by the key of a link, which is spent then; every session ends. Raises `ValidationError`."""
    number, _dash, token = key.partition("-")
    user = _member(number)
    if user is None or not default_token_generator.check_token(user, token):
        raise ValidationError({"key": ValidationError(NOT_GOOD, "not_valid")})
    check(password, user)
    with transaction.atomic():
        get_adapter(request).set_password(user, password)
        finalize_password_reset(request, user)


def _member(number: str) -> User | None:
    try:
        return User.objects.filter(pk=url_str_to_user_pk(number), is_active=True).first()
    except (ValidationError, ValueError, OverflowError):
        return None


def check(password: str, user: User | None = None, **claimed: str) -> None:
    """Whether it will do for the member, or for one with these names. Raises `ValidationError` for a weak one."""
    try:
        validate_password(password, user or User(**claimed))
    except ValidationError as fault:
        raise ValidationError({"password": fault.error_list}) from fault


def is_theirs(*, user: User, password: str) -> bool:
    """Whether it is the member's present password; the try counts as one to sign in. Raises `TooManyTries`."""
    verdict = count_try(user.username)
    if not verdict.allowed:
        raise TooManyTries(verdict.retry_after)
    return User.objects.get(pk=user.pk).check_password(password)
