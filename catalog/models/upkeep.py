from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class SyncFailureQuerySet(models.QuerySet):
    def due(self, now: datetime):
        """Those that have waited long enough to be tried again."""
        return self.filter(retry_at__lte=now)


class SyncFailure(models.Model):
    """A film put aside: TMDB did not give it, after its retries. It is tried again later, ever more rarely."""

    class Reason(models.TextChoices):
        UNAVAILABLE = "unavailable", _("TMDB did not answer properly")
        REFUSED = "refused", _("TMDB refused the call")
        UNREADABLE = "unreadable", _("the answer could not be read")
        UNSTORABLE = "unstorable", _("the answer could not be stored")

    # Not a foreign key: what fails is often a film that is not held yet.
    tmdb_id = models.PositiveIntegerField("TMDB id", primary_key=True)
    reason = models.CharField(max_length=12, choices=Reason)
    detail = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=1)
    first_failed_at = models.DateTimeField()
    last_failed_at = models.DateTimeField()
    # Read by sync_catalog --stale and the worker's round every quarter of an hour.
    retry_at = models.DateTimeField(db_index=True)

    objects = SyncFailureQuerySet.as_manager()

    class Meta:
        verbose_name = _("film put aside")
        verbose_name_plural = _("films put aside")

    def __str__(self) -> str:
        return f"{self.tmdb_id}: {self.get_reason_display()}"


class TMDBConfiguration(models.Model):
    """What TMDB's /configuration said last; one row. `synced_at` tells when the reference data was last fetched."""

    image_base_url = models.TextField()
    poster_sizes = models.JSONField(default=list)
    backdrop_sizes = models.JSONField(default=list)
    synced_at = models.DateTimeField()

    class Meta:
        verbose_name = _("TMDB configuration")
        verbose_name_plural = _("TMDB configuration")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_tmdb_configuration")]

    def __str__(self) -> str:
        return self.image_base_url


class SyncRound(models.Model):
    """How one of the worker's rounds went last, by its name; and, where it goes through time, how far it came."""

    name = models.CharField(primary_key=True, max_length=30)
    began_at = models.DateTimeField(null=True, blank=True)
    succeeded_at = models.DateTimeField("ended well at", null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    fault = models.TextField("why it failed", blank=True)
    summary = models.TextField("what it did", blank=True)
    covered_until = models.DateTimeField("has asked for all until", null=True, blank=True)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")

    def __str__(self) -> str:
        return self.name

    @property
    def is_failing(self) -> bool:
        """Whether the last time it ended was with a fault."""
        return self.failed_at is not None and (self.succeeded_at is None or self.failed_at > self.succeeded_at)


class TMDBCalls(models.Model):
    """How many calls were made to TMDB within an hour, by what came of them."""

    hour = models.DateTimeField("hour that began at")
    outcome = models.CharField("HTTP status, or the fault's name", max_length=20)
    calls = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("calls to TMDB")
        verbose_name_plural = _("calls to TMDB")
        constraints = [
            # Also how the admin's dashboard reads the last day.
            models.UniqueConstraint(fields=["hour", "outcome"], name="one_count_per_hour_and_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.hour:%F %H:%M} {self.outcome}: {self.calls}"
