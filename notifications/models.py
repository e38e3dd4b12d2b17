"""A mailbox for each member. It knows nobody: who is told of what is the business of the floors above."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NotificationQuerySet(models.QuerySet):
    def addressed_to(self, member: Any) -> "NotificationQuerySet":
        """The member's own, the last first."""
        return self.filter(recipient=member).order_by("-created_at", "-pk")

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)


class Notification(models.Model):
    """One thing that a member is told. How it is worded, its kind tells (`notifications.wording`)."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", db_index=False
    )
    # Who did it, where it was somebody: what they did is told no more once they are erased.
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=40)
    data = models.JSONField(_("what about"), default=dict, blank=True)
    # What is told twice under one key is told once; empty: each time anew.
    key = models.CharField(max_length=120, blank=True, editable=False)
    created_at = models.DateTimeField(_("told"), default=timezone.now, editable=False)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "key"], condition=~Q(key=""), name="one_notification_per_recipient_and_key"
            )
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="notification_by_recipient"),
            # How many are unread, which every page shows, and the list of them.
            models.Index(
                fields=["recipient", "-created_at", "-id"], condition=Q(read_at=None), name="notification_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.recipient_id}"
