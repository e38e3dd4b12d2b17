from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

FRESH_FOR = timedelta(days=7)
LISTED = Q(gone_at=None, is_adult=False, is_video=False)


class Genre(models.Model):
    tmdb_id = models.PositiveIntegerField("TMDB id", primary_key=True)
    name = models.TextField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Keyword(models.Model):
    tmdb_id = models.PositiveIntegerField("TMDB id", primary_key=True)
    name = models.TextField()

    def __str__(self) -> str:
        return self.name


class Collection(models.Model):
    """Films that belong together, such as a trilogy."""

    tmdb_id = models.PositiveIntegerField("TMDB id", primary_key=True)
    name = models.TextField()
    poster_path = models.TextField(blank=True)
    backdrop_path = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class MovieQuerySet(models.QuerySet):
    def listed(self):
        """What browsing and search show: no tombstones, nothing for adults alone, nothing that is not a film."""
        return self.filter(LISTED)

    def fresh(self, now: datetime):
        """Detailed so lately that TMDB need not be asked again; a tombstone counts, or each run would ask anew."""
        return self.filter(Q(synced_at__gt=now - FRESH_FOR) | Q(gone_at__gt=now - FRESH_FOR))

    def stale(self, now: datetime):
        """Held, and due to be asked for again: never detailed, or too long ago; the longest waiting first."""
        due = Q(synced_at=None) | Q(synced_at__lte=now - FRESH_FOR)
        return self.filter(due, gone_at=None).order_by(F("synced_at").asc(nulls_first=True), "-popularity")


class Movie(models.Model):
    """One film as TMDB describes it. Its row outlives TMDB's: `gone_at` is a tombstone, never a deletion."""

    tmdb_id = models.PositiveIntegerField("TMDB id", primary_key=True)
    imdb_id = models.CharField("IMDb id", max_length=20, blank=True)
    title = models.TextField()
    original_title = models.TextField(blank=True)
    original_language = models.CharField(max_length=8, blank=True)
    # The titles without capitals, accents and punctuation; written by the sync, read by catalog.search.
    search_key = models.TextField(blank=True, editable=False)
    overview = models.TextField(blank=True)
    tagline = models.TextField(blank=True)
    homepage = models.TextField(blank=True)
    status = models.CharField(max_length=30, blank=True)
    released_on = models.DateField(null=True, blank=True)
    runtime = models.PositiveIntegerField("runtime in minutes", null=True, blank=True)
    budget = models.PositiveBigIntegerField("budget in US dollars", null=True, blank=True)
    revenue = models.PositiveBigIntegerField("revenue in US dollars", null=True, blank=True)
    countries = models.JSONField("production countries", default=list, blank=True)
    languages = models.JSONField("spoken languages", default=list, blank=True)
    poster_path = models.TextField(blank=True)
    backdrop_path = models.TextField(blank=True)
    is_adult = models.BooleanField("adult film", default=False)
    is_video = models.BooleanField("video, no film", default=False)
    collection = models.ForeignKey(Collection, models.SET_NULL, null=True, blank=True, related_name="movies")
    genres = models.ManyToManyField(Genre, related_name="movies", blank=True)
    keywords = models.ManyToManyField(Keyword, related_name="movies", blank=True)
    popularity = models.FloatField(default=0)
    tmdb_vote_average = models.FloatField("TMDB vote average", default=0)
    tmdb_vote_count = models.PositiveIntegerField("TMDB vote count", default=0)
    # A mean drawn towards the catalogue's until there are votes enough: what top-rated orders by.
    weighted_rating = models.FloatField(default=0, editable=False)
    rating_total = models.PositiveBigIntegerField("sum of the members' ratings", default=0)
    rating_count = models.PositiveIntegerField("members' ratings", default=0)
    digest = models.CharField("digest of what TMDB said", max_length=40, blank=True, editable=False)
    synced_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField("gone from TMDB since", null=True, blank=True)

    objects = MovieQuerySet.as_manager()

    class Meta:
        indexes = [
            # GET /movies and /movies/popular, in their default order; the home page.
            models.Index(F("popularity").desc(), F("tmdb_id").desc(), name="movie_by_popularity", condition=LISTED),
            # GET /movies?ordering=release_date, ?year=, /now-playing and /upcoming.
            models.Index(F("released_on").desc(), F("tmdb_id").desc(), name="movie_by_release", condition=LISTED),
            # GET /movies/top-rated and ?ordering=rating.
            models.Index(F("weighted_rating").desc(), F("tmdb_id").desc(), name="movie_by_rating", condition=LISTED),
            # GET /movies?language=, most popular first.
            models.Index("original_language", F("popularity").desc(), name="movie_by_language", condition=LISTED),
            # GET /movies?ordering=votes and ?votes_min=.
            models.Index(F("tmdb_vote_count").desc(), F("tmdb_id").desc(), name="movie_by_votes", condition=LISTED),
            # GET /movies?ordering=runtime and ?runtime_min=&runtime_max=.
            models.Index("runtime", "tmdb_id", name="movie_by_runtime", condition=LISTED),
            # GET /movies?ordering=title.
            models.Index("title", "tmdb_id", name="movie_by_title", condition=LISTED),
            # sync_catalog --stale, sync_status and the admin's filter of freshness.
            models.Index("synced_at", name="movie_by_freshness"),
            # The admin's filter of tombstones.
            models.Index("gone_at", name="movie_gone", condition=Q(gone_at__isnull=False)),
            # The admin's search by IMDb id.
            models.Index("imdb_id", name="movie_by_imdb_id", condition=~Q(imdb_id="")),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.released_on.year})" if self.released_on else self.title
