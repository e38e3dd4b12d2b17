from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.movies import Movie


class Region(models.Model):
    """A country, by its ISO 3166-1 alpha-2 code; `has_streaming` where TMDB knows services there."""

    code = models.CharField(primary_key=True, max_length=2)
    name = models.TextField()
    native_name = models.TextField(blank=True)
    has_streaming = models.BooleanField(default=False)

    class Meta:
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


class Offer(models.Model):
    """One way to see a film in a region, from JustWatch by way of TMDB: attribute JustWatch wherever shown."""

    class Kind(models.TextChoices):
        FLATRATE = "flatrate", _("subscription")
        FREE = "free", _("free")
        ADS = "ads", _("free with ads")
        RENT = "rent", _("rent")
        BUY = "buy", _("buy")

    movie = models.ForeignKey(Movie, models.CASCADE, related_name="offers", db_index=False)
    region = models.CharField("region, ISO 3166-1", max_length=2)
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="offers")
    kind = models.CharField(max_length=8, choices=Kind)
    link = models.TextField("page that leads to the service", blank=True)

    class Meta:
        constraints = [
            # Also how GET /movies/{id}/streaming?region= reads them.
            models.UniqueConstraint(
                fields=["movie", "region", "provider", "kind"], name="one_offer_per_movie_region_provider_and_kind"
            ),
        ]
        indexes = [
            # GET /streaming/movies?region=&provider= and GET /movies?provider=&region=
            models.Index("region", "provider", "movie", name="offer_by_region_and_provider"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.kind} {self.region}"
