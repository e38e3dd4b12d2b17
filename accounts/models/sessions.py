"""Where a member is signed in, and the keys that what they carry is signed with."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

# By what they say of themselves, the more particular first: nearly all say that they are Chrome and Safari too.
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")),
    *(("Windows", "Windows"), ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
)


class SessionQuerySet(models.QuerySet):
    def live(self, now: datetime) -> "SessionQuerySet":
        """Those that neither ended nor ran out."""
        return self.filter(ended_at=None, expires_at__gt=now)


class Session(models.Model):
    """One sign-in, on one device: by tokens, of which one refresh token at a time is live, or by a browser's cookie."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sessions")
    # The `jti` of the refresh token that is not spent yet: an older one has been copied. A browser has none.
    refresh_jti = models.CharField(max_length=32, blank=True, editable=False)
    device = models.CharField(_("device"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=45, blank=True)
    created_at = models.DateTimeField(_("signed in"), default=timezone.now, editable=False)
    last_seen_at = models.DateTimeField(_("last seen"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("runs out"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "-last_seen_at"], name="session_by_user"),
            models.Index(fields=["expires_at"], name="session_by_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.device_name}"

    @property
    def device_name(self) -> str:
        """The device in a few words: `Firefox on Windows`; an app's own name as it gives it."""
        if not self.device.startswith("Mozilla/"):
            return self.device or text("An unknown device")
        named = [next((name for sign, name in signs if sign in self.device), "") for signs in (BROWSERS, SYSTEMS)]
        return text("{browser} on {system}").format(
            browser=named[0] or text("A browser"), system=named[1] or text("another system")
        )


class SigningKey(models.Model):
    """Names a key that tokens are signed with; the key itself comes of SECRET_KEY, and is nowhere written."""

    kid = models.CharField(max_length=16, primary_key=True)
    created_at = models.DateTimeField(default=timezone.now)
    # From when it signs no more; what it signed before is good until it expires.
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.kid
