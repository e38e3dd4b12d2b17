"""Signing in, on, and out: sessions begin, are carried on by one refresh token after another, and end."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import starmap

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from accounts.identity import holder_of, tell_ended
from accounts.models import Session, User
from accounts.signing import lifetime
from accounts.tokens import Held, Refresh, Refused, pair_for, read, read_again
from web.callers import client_address

# A device is shown as seen within these last minutes; to note each call would cost a write for each.
SEEN_EVERY = timedelta(minutes=5)
FRESH = timedelta(minutes=10)

log = structlog.get_logger(__name__)


def begin(*, user: User, request: HttpRequest, is_browser: bool = False) -> Session:
    """A new session on the device that the request came from. A browser's has a cookie in place of tokens."""
    now = timezone.now()
    return Session.objects.create(
        user=user,
        refresh_jti="" if is_browser else uuid.uuid4().hex,
        device=request.META.get("HTTP_USER_AGENT", "")[:200],
        address=client_address(request),
        created_at=now,
        last_seen_at=now,
        expires_at=now + lifetime(),
    )


def give_tokens(session_id: uuid.UUID) -> dict[str, str] | None:
    """The first pair of tokens of a session that began without; None where it is over."""
    live = Session.objects.live(timezone.now()).filter(pk=session_id)
    live.filter(refresh_jti="").update(refresh_jti=uuid.uuid4().hex)
    session = live.first()
    return session and pair_for(session)


def end_of_browser(session_id: uuid.UUID) -> None:
    """Ends the session of a browser that was signed out; nothing where it ended before."""
    end(Session.objects.live(timezone.now()).filter(pk=session_id))


def carry_on(token: str) -> dict[str, str]:
    """A new pair for a refresh token, which is spent then. Raises `Refused`.

    A token that was spent before has been copied, by a thief or from one: its session ends, for whoever holds it.
    """
    held = read(Refresh, token)
    now, jti = timezone.now(), uuid.uuid4().hex
    # Not by a join: of two who renew at once, the second would then be judged by the row as it was for the first.
    active = Exists(User.objects.filter(pk=OuterRef("user_id"), is_active=True))
    live = Session.objects.live(now).filter(active, pk=held.session, user_id=held.user)
    if live.filter(refresh_jti=held.jti).update(refresh_jti=jti, last_seen_at=now, expires_at=now + lifetime()):
        return pair_for(Session(id=held.session, user_id=held.user, refresh_jti=jti))
    stolen = live.first()
    if stolen:
        log.warning("spent_refresh_token", session=str(stolen.pk), user_id=held.user)
        end([stolen])
    raise Refused


def member_of(token: str) -> tuple[User, uuid.UUID] | None:
    """Who holds this access token, and of which session it is; None when it is good no more."""
    try:
        held = read_again(token)
    except Refused:
        return None
    found = holder_of(_session_key(held.session, held.user), held.user, lambda: _seen(held))
    return (found[1], held.session) if found else None


def is_live(session_id: uuid.UUID, user_id: int) -> bool:
    """Whether the session goes on, and its member may be signed in."""
    held = Held(session_id, user_id, "")
    return holder_of(_session_key(session_id, user_id), user_id, lambda: _seen(held)) is not None


def began_lately(*, session_id: object, user: User) -> bool:
    """Whether the member showed who they are for this session just now."""
    since = timezone.now() - FRESH
    return Session.objects.filter(pk=session_id, user=user, created_at__gte=since).exists()


def end_by(token: str) -> None:
    """Ends the session of a refresh token, spent or not; nothing where it ended before. Raises `Refused`."""
    held = read(Refresh, token)
    end(Session.objects.live(timezone.now()).filter(pk=held.session, user_id=held.user))


@transaction.atomic
def end(sessions: Iterable[Session]) -> None:
    """Ends these; no token of theirs is good from now on."""
    ended = {session.pk: session.user_id for session in sessions}
    Session.objects.filter(pk__in=ended, ended_at=None).update(ended_at=timezone.now(), refresh_jti="")
    tell_ended(*starmap(_session_key, ended.items()))


def end_all(user: User, *, but: uuid.UUID | None = None) -> None:
    """Ends every session of the member, or all but one."""
    end(Session.objects.live(timezone.now()).filter(user=user).exclude(pk=but))


def forget_old(now: datetime) -> None:
    """Deletes the sessions that ended or ran out longer ago than any token of theirs could be shown."""
    Session.objects.filter(expires_at__lt=now - lifetime()).delete()


def _session_key(session_id: uuid.UUID, user_id: int) -> str:
    return f"session:{user_id}:{session_id.hex}"


def _seen(held: Held) -> bool:
    """Whether the session lives; it is noted when it was last seen."""
    now = timezone.now()
    live = Session.objects.live(now).filter(pk=held.session, user_id=held.user)
    last_seen_at = live.values_list("last_seen_at", flat=True).first()
    if last_seen_at is not None and now - last_seen_at > SEEN_EVERY:
        live.update(last_seen_at=now)
    return last_seen_at is not None
