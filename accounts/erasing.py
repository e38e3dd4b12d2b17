"""What becomes of everything about a member who left, when the time to come back is over.

Apps on the floors above tell by `tells` what becomes of theirs, and by `before` what is to be put right first, when
they begin.
"""

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import QuerySet

from accounts import people, sessions
from accounts.models import User

ERASED = "erased"
# The row is others' too: it stays, and names nobody.
ANONYMISED = "anonymised"
# Every relation to a member there is, with what becomes of it; a test finds those that are not told of.
TABLE = {
    "account.EmailAddress.user": ERASED,
    "accounts.ApiKey.user": ERASED,
    "accounts.Block.blocked": ERASED,
    "accounts.Block.blocker": ERASED,
    "accounts.DataExport.user": ERASED,
    "accounts.Follow.followed": ERASED,
    "accounts.Follow.follower": ERASED,
    "accounts.Mute.muted": ERASED,
    "accounts.Mute.muter": ERASED,
    "accounts.Picture.user": ERASED,
    "accounts.Session.user": ERASED,
    "accounts.User_excluded_genres.user": ERASED,
    "accounts.User_favorite_genres.user": ERASED,
    "accounts.User_groups.user": ERASED,
    "accounts.User_streaming_providers.user": ERASED,
    "accounts.User_user_permissions.user": ERASED,
    # Of staff alone: what they did in the admin.
    "admin.LogEntry.user": ERASED,
    "mfa.Authenticator.user": ERASED,
    "notifications.Notification.recipient": ERASED,
    "notifications.Notification.sender": ERASED,
    "socialaccount.SocialAccount.user": ERASED,
}

Hook = Callable[[User], None]
_hooks: dict[str, Hook] = {}

log = structlog.get_logger(__name__)


def tells(becomes: dict[str, str]) -> None:
    """Adds relations to a member, as `app.Model.field`, with what becomes of each."""
    TABLE.update(becomes)


def before(hook: Hook) -> Hook:
    """Registers `hook(user)`, called before the member's rows go and in the same transaction: counts are put right."""
    _hooks[f"{hook.__module__}.{hook.__qualname__}"] = hook
    return hook


def due(now: datetime) -> QuerySet[User]:
    return User.objects.filter(erased_from__lte=now).order_by("pk")


def erase_due(now: datetime) -> int:
    """Erases those whose time is up; gives how many. May be killed at any moment, and run beside itself."""
    return sum(erase(user_id, now) for user_id in list(due(now).values_list("pk", flat=True)))


@transaction.atomic
def erase(user_id: int, now: datetime) -> bool:
    """Erases one member; not one who changed their mind, or who is gone."""
    user = due(now).filter(pk=user_id).first()
    if user is None:
        return False
    people.part_from_all(user)  # first: it locks rows in their order
    if not due(now).filter(pk=user_id).exists():
        transaction.set_rollback(True)
        return False
    remove(user)
    return True


@transaction.atomic
def remove(user: User) -> None:
    """Erases the member now, and leaves what others count right."""
    people.part_from_all(user)
    sessions.end_all(user)
    for hook in _hooks.values():
        hook(user)
    log.info("member_erased", user_id=user.pk)
    user.delete()
