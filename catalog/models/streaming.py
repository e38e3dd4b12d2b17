from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from catalog.models.movies import Movie


class Region(models.Model):
    """A country, by its ISO 3166-1 alpha-2 code; `has_streaming` where TMDB knows services there."""

    code = models.CharField(primary_key=True, max_length=2)
    name = models.TextField()
    native_name = models.TextField(blank=True)
    has_streaming = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Provider(models.Model):
    """A streaming service, rental shop or channel."""

    tmdb_id = models.PositiveIntegerField("TMDB id", primary_key=True)
    name = models.TextField()
    logo_path = models.TextField(blank=True)
    priority = models.IntegerField("TMDB's rank over all regions", default=0)

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        ordering = ["priority", "name"]

    def __str__(self) -> str:
        return self.name


class RegionalProvider(models.Model):
    """That a service is there in a region, and how TMDB ranks it in that region's lists."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="regions", db_index=False)
    region = models.ForeignKey(Region, models.CASCADE, related_name="providers", db_index=False)
    priority = models.IntegerField("TMDB's rank in the region", default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "region"], name="one_rank_per_provider_and_region"),
        ]
        indexes = [
            # GET /streaming/providers?region=
            models.Index("region", "priority", name="regional_provider_by_rank"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} in {self.region_id}"


class OfferQuerySet(models.QuerySet):
    def current(self):
        """Those that were there when their film was last looked at."""
        return self.filter(left_at=None)

    def new_since(self, moment: datetime):
        """Those that are there, and were not before the moment.

        What a film had when it was first looked at is not among them: nobody knows how long it had been there.
        """
        return self.current().filter(is_arrival=True, first_seen_at__gte=moment)

    def left_since(self, moment: datetime):
        """Those that were there, and have not been since the moment or later."""
        return self.filter(left_at__gte=moment)

    def on(self, providers: Iterable[int], region: str):
        """Those of any of these services in the region."""
        return self.filter(region=region, provider__in=providers)

    def of_listed_movies(self):
        """Those of films that browsing and search show."""
        return self.filter(movie__in=Movie.objects.listed())


class Offer(models.Model):
    """A time during which a film could be seen in a region in one way; one that ended is kept, as its history.

    From JustWatch by way of TMDB: attribute JustWatch wherever shown.
    """

    class Kind(models.TextChoices):
        FLATRATE = "flatrate", _("subscription")
        FREE = "free", _("free")
        ADS = "ads", _("free with ads")
        RENT = "rent", _("rent")
        BUY = "buy", _("buy")

    movie = models.ForeignKey(Movie, models.CASCADE, related_name="offers", db_index=False)
    region = models.CharField("region, ISO 3166-1", max_length=2)
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="offers", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    link = models.TextField("page that leads to the service", blank=True)
    # By the database's own clock where a row is written without them.
    first_seen_at = models.DateTimeField(db_default=Now())
    last_seen_at = models.DateTimeField("seen at the last look that showed it", db_default=Now())
    left_at = models.DateTimeField("first look that did not show it", null=True, blank=True)
    is_arrival = models.BooleanField("came after the first look at its film", db_default=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            # Also how GET /movies/{id}/streaming?region= reads them.
            models.UniqueConstraint(
                fields=["movie", "region", "provider", "kind"],
                condition=Q(left_at=None),
                name="one_current_offer_per_movie_region_provider_and_kind",
            ),
        ]
        indexes = [
            # GET /streaming/movies?region=&provider= and GET /movies?provider=&region=
            models.Index("region", "provider", "movie", name="offer_current_by_region", condition=Q(left_at=None)),
            # What is new on a service.
            models.Index(
                "region",
                "provider",
                "first_seen_at",
                name="offer_by_first_seen",
                condition=Q(left_at=None, is_arrival=True),
            ),
            # What left a service.
            models.Index("region", "provider", "left_at", name="offer_by_leaving", condition=Q(left_at__isnull=False)),
            # A film's past offers, when one of them comes back.
            models.Index("movie", name="offer_past_by_movie", condition=Q(left_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.kind} {self.region}"
