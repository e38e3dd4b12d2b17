"""When a member saw what, and with whom."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedQuerySet, User
from catalog.models import Movie

# Where a viewing stands of which nobody knows when it was: before all others.
LONG_AGO = date.min


class Precision(models.TextChoices):
    """How well the day of a viewing is known; `watched_on` is the first day of the month or year."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")
    UNKNOWN = "unknown", _("unknown")


class ViewingQuerySet(OwnedQuerySet):
    privacy = ("user__history_privacy",)

    def latest_first(self) -> "ViewingQuerySet":
        return self.order_by("-sorted_on", "-pk")


class Viewing(models.Model):
    """One time that a member saw a film."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="viewings", db_index=False)
    movie = models.ForeignKey(Movie, models.CASCADE, related_name="viewings")
    watched_on = models.DateField(_("watched on"), null=True, blank=True)
    precision = models.CharField(_("precision"), max_length=7, choices=Precision, default=Precision.DAY)
    # What orders the diary: `watched_on`, or `LONG_AGO` where that is unknown.
    sorted_on = models.DateField(editable=False)
    is_rewatch = models.BooleanField(_("rewatch"), default=False)
    # Whether the member said so themselves: else it follows from the other viewings of the film.
    is_rewatch_set = models.BooleanField(_("rewatch set by hand"), default=False)
    rating = models.PositiveSmallIntegerField(_("rating at the time"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=2_000, blank=True)
    tags = models.JSONField(_("tags"), default=list, blank=True)
    # Where it comes from, and its name there: the same event told twice is one row.
    source = models.CharField(_("source"), max_length=40, default="manual")
    external_id = models.CharField(_("id at the source"), max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    companions = models.ManyToManyField(User, through="Companion", related_name="+", verbose_name=_("seen with"))

    objects = ViewingQuerySet.as_manager()

    class Meta:
        verbose_name = _("viewing")
        verbose_name_plural = _("viewings")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "source", "external_id"],
                condition=~Q(external_id=""),
                name="one_viewing_per_user_source_and_external_id",
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__gte=1, rating__lte=10), name="viewing_rating_in_bounds"
            ),
            models.CheckConstraint(
                condition=Q(precision="unknown", watched_on=None)
                | ~Q(precision="unknown") & Q(watched_on__isnull=False),
                name="viewing_date_as_its_precision_says",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-sorted_on", "-id"], name="viewing_by_day"),
            models.Index(fields=["user", "movie", "sorted_on", "id"], name="viewing_by_film"),
            # The feed's: what those one follows put into their diaries.
            models.Index(fields=["user", "-created_at", "-id"], name="viewing_by_entry"),
            # The feed's, of one who follows many: what was done of late, by whomever.
            models.Index(fields=["created_at"], name="viewing_by_time"),
            # Whether a member's numbers are still those kept.
            models.Index(fields=["user", "-changed_at"], name="viewing_by_change"),
        ]

    def __str__(self) -> str:
        return f"{self.movie_id} seen by {self.user_id}"


class Companion(models.Model):
    """Another member with whom it was seen, as the one who keeps the diary says; who declines is named no more."""

    viewing = models.ForeignKey(Viewing, models.CASCADE, related_name="company", db_index=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="seen_with")
    declined_at = models.DateTimeField(null=True, blank=True)

    @property
    def movie_id(self) -> int:
        return self.viewing.movie_id

    class Meta:
        verbose_name = _("companion")
        verbose_name_plural = _("companions")
        constraints = [
            models.UniqueConstraint(fields=["viewing", "member"], name="one_companion_per_viewing_and_member")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} at viewing {self.viewing_id}"
