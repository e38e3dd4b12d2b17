"""Putting something into a member's mailbox, and taking note that it was read."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from notifications.models import Notification


def notify(
    *, recipient: Any, kind: str, data: dict[str, Any] | None = None, key: str = "", sender: Any = None
) -> Notification:
    """Tells the member, by user or id. Under one `key` only once: again gives what was told then, also if at once.

    `data` is what the kind's wording speaks of, fit for JSON; `sender` the member who did it, if it was one.
    """
    ids = {"recipient_id": getattr(recipient, "pk", recipient), "sender_id": getattr(sender, "pk", sender)}
    told = Notification.objects.filter(recipient=ids["recipient_id"], key=key)
    if key and (found := told.first()):
        return found
    try:
        with transaction.atomic():
            return Notification.objects.create(kind=kind, data=data or {}, key=key, **ids)
    except IntegrityError:
        return told.get()


def read(notification: Notification) -> Notification:
    """Marks it as read; the first time is what counts."""
    if notification.read_at is None:
        notification.read_at = timezone.now()
        notification.save(update_fields=["read_at"])
    return notification


def read_all(recipient: Any) -> int:
    """Marks all of the member's as read; gives how many were not."""
    return Notification.objects.filter(recipient=recipient).unread().update(read_at=timezone.now())
