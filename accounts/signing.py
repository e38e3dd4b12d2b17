"""The keys that tokens are signed with: each has a name (`kid`), and follows from that name and SECRET_KEY.

So nothing secret is written to the database, and whoever changes SECRET_KEY ends every token at once.
"""

import secrets
import time
from datetime import UTC, datetime, timedelta
from threading import Lock

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import SigningKey

# For so long a process signs with a key that another has retired meanwhile; well within what a retired key is good for.
READ_EVERY = 60.0
# Strangers make up names: for each of them at the most so often the database is asked.
LOOK_AGAIN_AFTER = 5.0
NEVER = datetime.min.replace(tzinfo=UTC)
_lock = Lock()


class Keyring:
    """This process' knowledge of the keys: which one signs, and until when each is good."""

    def __init__(self) -> None:
        self.current = ""
        self.good_until: dict[str, datetime | None] = {}
        self.forget()

    def forget(self) -> None:
        self.read_at = float("-inf")

    def read(self) -> None:
        kept = lifetime()
        rows = list(SigningKey.objects.order_by("created_at", "kid"))
        signing = [row.kid for row in rows if row.retired_at is None] or [_make().kid]
        self.good_until = {row.kid: row.retired_at and row.retired_at + kept for row in rows} | {signing[-1]: None}
        self.current = signing[-1]
        self.read_at = time.monotonic()

    def read_if_older(self, seconds: float) -> None:
        if time.monotonic() - self.read_at > seconds:
            with _lock:
                if time.monotonic() - self.read_at > seconds:
                    self.read()


_ring = Keyring()


def lifetime() -> timedelta:
    """For how long the longest-lived token is good."""
    return settings.SIMPLE_JWT["REFRESH_TOKEN_LIFETIME"]


def signing_key() -> tuple[str, bytes]:
    """The name of the key to sign with, and the key."""
    _ring.read_if_older(READ_EVERY)
    return _ring.current, _secret(_ring.current)


def verifying_key(kid: object) -> bytes | None:
    """The key of that name, while what it signed may be good; None for any other name."""
    return _secret(kid) if isinstance(kid, str) and is_good(kid) else None


def is_good(kid: str) -> bool:
    """Whether what the key of that name signed may be good."""
    # One that is not known may be new, from another process.
    _ring.read_if_older(READ_EVERY if kid in _ring.good_until else LOOK_AGAIN_AFTER)
    until = _ring.good_until.get(kid, NEVER)
    return until is None or until > timezone.now()


@transaction.atomic
def rotate() -> SigningKey:
    """Begins a new key; those before it sign no more, and are forgotten once nothing that they signed is good."""
    now = timezone.now()
    SigningKey.objects.filter(retired_at__lt=now - lifetime()).delete()
    SigningKey.objects.filter(retired_at=None).update(retired_at=now)
    key = _make()
    transaction.on_commit(forget)
    return key


def forget() -> None:
    """Reads the keys anew when next asked for one."""
    _ring.forget()


def _make() -> SigningKey:
    return SigningKey.objects.create(kid=secrets.token_hex(8))


def _secret(kid: str) -> bytes:
    return salted_hmac("accounts.signing", kid, algorithm="sha256").digest()
