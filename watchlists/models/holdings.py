"""What a member wants to see, and what they love."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedQuerySet
from catalog.models import Movie

TOP = 4


class WatchlistQuerySet(OwnedQuerySet):
    privacy = ("user__watchlist_privacy",)


class WatchlistEntry(models.Model):
    """A film that a member means to see, or meant to and has."""

    class Priority(models.IntegerChoices):
        NONE = 0, _("none")
        LOW = 1, _("low")
        MEDIUM = 2, _("medium")
        HIGH = 3, _("high")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="watchlist", db_index=False)
    movie = models.ForeignKey(Movie, models.CASCADE, related_name="watchlist_entries")
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    note = models.CharField(_("note"), max_length=500, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.NONE)
    is_watched = models.BooleanField(_("watched"), default=False)
    # Null also where it was watched, and nobody knows when.
    watched_at = models.DateTimeField(_("watched at"), null=True, blank=True)
    # Whether the member said so themselves: then the diary does not.
    is_watched_set = models.BooleanField(_("watched set by hand"), default=False)

    objects = WatchlistQuerySet.as_manager()

    class Meta:
        verbose_name = _("watchlist entry")
        verbose_name_plural = _("watchlist entries")
        constraints = [
            models.UniqueConstraint(fields=["user", "movie"], name="one_watchlist_entry_per_user_and_movie"),
            models.CheckConstraint(condition=Q(priority__lte=3), name="watchlist_priority_in_bounds"),
            models.CheckConstraint(condition=Q(is_watched=True) | Q(watched_at=None), name="watched_at_of_the_watched"),
        ]
        indexes = [
            models.Index(fields=["user", "-added_at", "-id"], name="watchlist_by_added_at"),
            models.Index(fields=["user", "-priority", "-added_at", "-id"], name="watchlist_by_priority"),
        ]

    def __str__(self) -> str:
        return f"{self.movie_id} on the watchlist of {self.user_id}"


class FavoriteQuerySet(OwnedQuerySet):
    privacy = ("user__favorites_privacy",)

    def in_order(self) -> "FavoriteQuerySet":
        """As their owner has put them; the first four are the top four of the profile."""
        return self.order_by("position", "pk")


class Favorite(models.Model):
    """A film that a member loves; see `watchlists.positions` of the place."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="favorites", db_index=False)
    movie = models.ForeignKey(Movie, models.CASCADE, related_name="favorites")
    position = models.BigIntegerField(_("place"))
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    objects = FavoriteQuerySet.as_manager()

    class Meta:
        verbose_name = _("favorite")
        verbose_name_plural = _("favorites")
        constraints = [models.UniqueConstraint(fields=["user", "movie"], name="one_favorite_per_user_and_movie")]
        indexes = [
            models.Index(fields=["user", "position", "id"], name="favorite_by_position"),
            # The feed's: what those one follows began to love.
            models.Index(fields=["user", "-added_at", "-id"], name="favorite_by_added_at"),
            # The feed's, of one who follows many: what was done of late, by whomever.
            models.Index(fields=["added_at"], name="favorite_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.movie_id} among the favorites of {self.user_id}"
