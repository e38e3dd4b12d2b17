"""Keys for apps: made, replaced, revoked, and found again by what they show."""

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.http import int_to_base36

from accounts.identity import holder_of, tell_ended
from accounts.models import ApiKey, User

# After a rotation the former secret goes on for so long.
GRACE = timedelta(days=7)
MOST_KEYS = 50
USED_EVERY = timedelta(minutes=5)
SHOWN = 6
# The member's number in it, so that the key and the member are read from the cache together.
SECRET = re.compile(r"mq_(?P<member>[0-9a-z]{1,12})_(?P<random>[\w-]{43})")


class TooMany(Exception):
    """The member has as many keys as one may have."""


class Grant(NamedTuple):
    """What a key allows."""

    key_id: int
    can_write: bool


@transaction.atomic
def make(*, user: User, name: str, can_write: bool, expires_at: datetime | None = None) -> tuple[ApiKey, str]:
    """A new key and its secret, which is nowhere kept. Raises `TooMany`."""
    User.objects.select_for_update().get(pk=user.pk)  # so that two at once are counted one after the other
    if ApiKey.objects.live(timezone.now()).filter(user=user).count() >= MOST_KEYS:
        raise TooMany
    secret = _new_secret(user)
    key = ApiKey(user=user, name=name, can_write=can_write, expires_at=expires_at)
    _give(key, secret)
    key.save(force_insert=True)
    return key, secret


@transaction.atomic
def rotate(key: ApiKey) -> str:
    """A new secret for the key; the one before it is good for `GRACE` more, the one before that no longer."""
    key = ApiKey.objects.select_for_update().get(pk=key.pk)
    now = timezone.now()
    _tell_ended(key.former_hash)
    key.former_hash, key.former_until = key.secret_hash, now + GRACE
    secret = _new_secret(key.user)
    _give(key, secret)
    key.save(update_fields=["former_hash", "former_until", "secret_hash", "prefix"])
    return secret


@transaction.atomic
def revoke(key: ApiKey) -> None:
    """Ends the key, with both its secrets, at once."""
    ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())
    _tell_ended(key.secret_hash, key.former_hash)


def member_of(secret: str) -> tuple[User, Grant] | None:
    """Whose key it is and what it allows; None when it is no key, or good no more."""
    match = SECRET.fullmatch(secret)
    if match is None:
        return None
    user_id, digest = int(match["member"], 36), _hash(secret)
    found = holder_of(_cache_key(digest), user_id, lambda: _used(digest, user_id))
    if found is None:
        return None
    (key_id, can_write, until), user = found
    if until is not None and until <= timezone.now():
        return None
    return user, Grant(key_id, can_write)


def _used(digest: str, user_id: int) -> tuple[int, bool, datetime | None] | None:
    """Of a live key: its id, whether it may write, and until when this secret is good. It is noted when it was used."""
    now = timezone.now()
    either = Q(secret_hash=digest) | Q(former_hash=digest, former_until__gt=now)
    key = ApiKey.objects.live(now).filter(either, user_id=user_id).first()
    if key is None:
        return None
    if key.last_used_at is None or now - key.last_used_at > USED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    ends = [end for end in (key.expires_at, key.former_until if key.secret_hash != digest else None) if end]
    return key.pk, key.can_write, min(ends, default=None)


def _give(key: ApiKey, secret: str) -> None:
    key.secret_hash = _hash(secret)
    key.prefix = SECRET.fullmatch(secret)["random"][:SHOWN]


def _new_secret(user: User) -> str:
    return f"mq_{int_to_base36(user.pk)}_{secrets.token_urlsafe(32)}"


def _hash(secret: str) -> str:
    """Of 256 random bits a plain hash tells nothing; a slow one would only make every call slow."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _tell_ended(*digests: str) -> None:
    tell_ended(*(_cache_key(digest) for digest in digests if digest))


def _cache_key(digest: str) -> str:
    return f"api-key:{digest}"
