"""New members, and the addresses that they say are theirs."""

import re
import secrets
import unicodedata

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.names import RESERVED

LONGEST_WISH = 20
TAKEN = _("This username is taken.")
TAKEN_ADDRESS = _("This e-mail address is taken.")


def must_confirm() -> bool:
    """Whether nobody signs in before their address is confirmed."""
    return settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory"


def register(*, request: HttpRequest, email: str, username: str, password: str, display_name: str = "") -> User:
    """A new member, who is sent a mail to confirm the address. Raises `ValidationError` for what is taken.

    Where addresses must be confirmed, a taken one is not told of: its owner gets a mail that says so, and what is
    given back is as a new member would be, but is none (it has no `pk`).
    """
    user = User(username=username, email=email.strip().lower(), display_name=display_name)
    user.set_password(password)  # first, so that it takes as long whatever is taken
    if _is_taken("username", username):
        raise ValidationError({"username": ValidationError(TAKEN, "taken")})
    if _is_taken("email", user.email) or EmailAddress.objects.filter(email=user.email, verified=True).exists():
        if not must_confirm():
            raise ValidationError({"email": ValidationError(TAKEN_ADDRESS, "taken")})
        get_adapter(request).send_account_already_exists_mail(user.email)
        return user
    return create(user=user, request=request)


@transaction.atomic
def create(*, user: User, request: HttpRequest, is_confirmed: bool = False) -> User:
    """Writes the new member; unless their address is confirmed, they are sent a mail to do so.

    Raises `ValidationError` for what is taken.
    """
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as fault:  # somebody was a moment faster
        field, told = ("username", TAKEN) if _is_taken("username", user.username) else ("email", TAKEN_ADDRESS)
        raise ValidationError({field: ValidationError(told, "taken")}) from fault
    address = EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=is_confirmed)
    if settings.ACCOUNT_EMAIL_VERIFICATION != "none" and not is_confirmed:
        send_verification_email_to_address(request, address, signup=True)
    return user


def confirm(*, request: HttpRequest, key: str) -> bool:
    """Notes that the address is its member's; False for a key that is forged, too old, or used."""
    confirmation = EmailConfirmationHMAC.from_key(key)
    return bool(confirmation and confirmation.confirm(request))


def confirm_again(*, request: HttpRequest, email: str) -> None:
    """Sends the mail once more, if the address waits for it.

    For any other the same work is done, and the mail goes to nobody.
    """
    address = _waiting(email.strip().lower())
    if address is None or address.verified:
        address = EmailAddress(pk=0, user=User(pk=0, username="nobody"))
    get_adapter(request).send_confirmation_mail(request, EmailConfirmationHMAC.create(address), signup=False)


def _waiting(email: str) -> EmailAddress | None:
    user = User.objects.filter(Exact(Lower("email"), email), is_active=True).first()
    if user is None:
        return None
    own = EmailAddress.objects.filter(user=user)
    # One whom an operator made has no row yet.
    return own.filter(email=user.email).first() or own.create(
        user=user, email=user.email, primary=not own.filter(primary=True).exists()
    )


def is_confirmed(user: User) -> bool:
    return EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()


def free_username(*wishes: str) -> str:
    """A username that nobody has: like the first of the wishes that makes one, if need be with a number behind it."""
    base = next(filter(None, map(_as_username, wishes)), "member")
    name, digits = base, 1
    while _is_taken("username", name) or name.lower() in RESERVED:
        digits += 1
        name = f"{base}{secrets.randbelow(10**digits)}"
    return name


def _as_username(wish: str) -> str:
    plain = unicodedata.normalize("NFKD", wish).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_-]+", ".", plain).strip("._-")[:LONGEST_WISH].rstrip("._-")


def _is_taken(field: str, value: str) -> bool:
    return User.objects.filter(Exact(Lower(field), value.lower())).exists()
