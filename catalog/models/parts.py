from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.movies import Movie


class MovieTitle(models.Model):
    """A film's title and texts in another language (`region` tells Portugal's Portuguese from Brazil's)."""

    movie = models.ForeignKey(Movie, models.CASCADE, related_name="titles", db_index=False)
    language = models.CharField("language, ISO 639-1", max_length=8)
    region = models.CharField("region, ISO 3166-1", max_length=2, blank=True)
    title = models.TextField(blank=True)
    overview = models.TextField(blank=True)
    tagline = models.TextField(blank=True)

    class Meta:
        constraints = [
            # Also how a reader's language is looked up.
            models.UniqueConstraint(fields=["movie", "language", "region"], name="one_title_per_movie_and_language"),
        ]

    def __str__(self) -> str:
        return f"{self.title} [{self.language}]"


class Poster(models.Model):
    """The poster that TMDB's voters like best among those in one language; a film's own is `Movie.poster_path`."""

    movie = models.ForeignKey(Movie, models.CASCADE, related_name="posters", db_index=False)
    language = models.CharField("language, ISO 639-1", max_length=8)
    path = models.TextField()

    class Meta:
        constraints = [
            # Also how a reader's language is looked up.
            models.UniqueConstraint(fields=["movie", "language"], name="one_poster_per_movie_and_language"),
        ]

    def __str__(self) -> str:
        return f"{self.path} [{self.language}]"


class Video(models.Model):
    """A trailer, teaser or clip, kept by the site that plays it."""

    movie = models.ForeignKey(Movie, models.CASCADE, related_name="videos", db_index=False)
    site = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    kind = models.CharField(max_length=30)
    name = models.TextField(blank=True)
    language = models.CharField(max_length=8, blank=True)
    region = models.CharField(max_length=2, blank=True)
    is_official = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # Also how GET /movies/{id} reads its trailers.
            models.UniqueConstraint(fields=["movie", "site", "key"], name="one_video_per_movie_and_key"),
        ]

    def __str__(self) -> str:
        return self.name or self.key


class ReleaseDate(models.Model):
    """When a film came out in one country, in one way, and from what age one may see it there."""

    class Kind(models.IntegerChoices):
        PREMIERE = 1, _("premiere")
        LIMITED = 2, _("limited theatrical")
        THEATRICAL = 3, _("theatrical")
        DIGITAL = 4, _("digital")
        PHYSICAL = 5, _("physical")
        TV = 6, _("television")

    movie = models.ForeignKey(Movie, models.CASCADE, related_name="release_dates", db_index=False)
    region = models.CharField("region, ISO 3166-1", max_length=2)
    kind = models.PositiveSmallIntegerField(choices=Kind)
    released_on = models.DateField()
    certification = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            # Also how GET /movies/{id} reads a region's certification.
            models.UniqueConstraint(
                fields=["movie", "region", "kind", "released_on", "note"], name="one_release_per_country_kind_and_day"
            ),
        ]
        indexes = [
            # GET /movies/now-playing and /movies/upcoming of one region.
            models.Index("region", "released_on", "kind", name="release_by_region_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.released_on} ({self.get_kind_display()})"
