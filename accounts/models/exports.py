"""Archives of what is held about a member."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ExportQuerySet(models.QuerySet):
    def kept(self, now: datetime) -> "ExportQuerySet":
        return self.filter(expires_at__gt=now)

    def kept_for(self, user: Any) -> "ExportQuerySet":
        """The member's, the last first."""
        return self.kept(timezone.now()).filter(user=user).order_by("-created_at", "-id")


class DataExport(models.Model):
    """One archive, made in the background; its owner's alone, and kept for some days."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()

    objects = ExportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "-created_at"], name="export_by_user"),
            models.Index(fields=["expires_at"], name="export_by_expiry"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(state="waiting"), name="one_export_at_a_time_per_user"
            ),
        ]

    def __str__(self) -> str:
        return f"what is held about {self.user_id}"


class Archive(models.Model):
    """The bytes of an export, apart from it: lists of exports do not read them.

    In the database, since it alone is shared by the worker that makes them and the server that gives them out.
    """

    export = models.OneToOneField(DataExport, models.CASCADE, primary_key=True, related_name="archive")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"the archive of export {self.export_id}"
