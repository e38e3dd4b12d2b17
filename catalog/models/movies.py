from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from catalog.models.browsing import DETAILED, INDEXES, LISTED
from web.slugs import slug_of

FRESH_FOR = timedelta(days=7)


class Genre(models.Model):
    tmdb_id = models.PositiveIntegerField("TMDB id", primary_key=True)
    name = models.TextField()

    class Meta:
        verbose_name = _("genre")
        verbose_name_plural = _("genres")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Keyword(models.Model):
    tmdb_id = models.PositiveIntegerField("TMDB id", primary_key=True)
    name = models.TextField()

    class Meta:
        verbose_name = _("keyword")
        verbose_name_plural = _("keywords")

    def __str__(self) -> str:
        return self.name


class Collection(models.Model):
    """Films that belong together, such as a trilogy."""

    tmdb_id = models.PositiveIntegerField("TMDB id", primary_key=True)
    name = models.TextField()
    poster_path = models.TextField(blank=True)
    backdrop_path = models.TextField(blank=True)

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("collection", args=[self.pk, slug_of(self.name)])


class MovieQuerySet(models.QuerySet):
    def listed(self):
        """What browsing and search show: no tombstones, nothing for adults alone, nothing that is not a film."""
        return self.filter(LISTED)

    def detailed(self):
        """Those of the listed of which more is known than title and popularity."""
        return self.filter(DETAILED)

    def fresh(self, now: datetime):
        """Detailed so lately that TMDB need not be asked again; a tombstone counts, or each run would ask anew."""
        return self.filter(Q(synced_at__gt=now - FRESH_FOR) | Q(gone_at__gt=now - FRESH_FOR))

    def awaiting_details(self):
        """Known by the daily export alone; what members hold first, then the most popular."""
        return self.filter(synced_at=None, gone_at=None).order_by("-holder_count", "-popularity", "-pk")

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
    # The titles without capitals, accents and punctuation; written by the sync, read by catalog.search.index.
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
    collection = models.ForeignKey(
        Collection, models.SET_NULL, null=True, blank=True, related_name="movies", db_index=False
    )
    # Of the indexes of these two tables one is Django's own, by film; migration 0005 made the other, by keyword.
    genres = models.ManyToManyField(Genre, related_name="movies", blank=True)
    keywords = models.ManyToManyField(Keyword, related_name="movies", blank=True)
    # The genres once more, for the indexes (see catalog.models.browsing); written with them by the sync.
    genre_bits = models.IntegerField(default=0, db_default=0, editable=False)
    # The title's place among others (see catalog.titles); null until the film is detailed. Written by the sync.
    title_key = models.BinaryField(null=True)
    popularity = models.FloatField(default=0)
    tmdb_vote_average = models.FloatField("TMDB vote average", default=0)
    tmdb_vote_count = models.PositiveIntegerField("TMDB vote count", default=0)
    # A mean drawn towards the catalogue's until there are votes enough: what top-rated orders by.
    weighted_rating = models.FloatField(default=0, editable=False)
    rating_total = models.PositiveBigIntegerField("sum of the members' ratings", default=0)
    rating_count = models.PositiveIntegerField("members' ratings", default=0)
    # Written downward by the floors that hold films for members; what they hold is fetched first.
    holder_count = models.PositiveIntegerField("members who hold it", default=0, editable=False)
    digest = models.CharField("digest of what TMDB said", max_length=40, blank=True, editable=False)
    synced_at = models.DateTimeField(null=True, blank=True)
    suspected_at = models.DateTimeField("missing from TMDB's export since", null=True, blank=True)
    gone_at = models.DateTimeField("gone from TMDB since", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name="merged into",
        db_index=False,
    )

    objects = MovieQuerySet.as_manager()

    class Meta:
        verbose_name = _("movie")
        verbose_name_plural = _("movies")
        indexes = [
            *INDEXES,
            # The rounds over stale films, sync_status and the admin's filter of freshness. Without those never fetched:
            # SQLite would look there for the films that await their details, and sort them.
            models.Index("synced_at", "tmdb_id", name="movie_by_freshness", condition=Q(synced_at__isnull=False)),
            # The worker's round over films that are known and await their details, by worth.
            models.Index(
                F("holder_count").desc(),
                F("popularity").desc(),
                F("tmdb_id").desc(),
                name="movie_awaiting_details",
                condition=Q(synced_at=None, gone_at=None),
            ),
            # The worker's daily look at what members hold.
            models.Index("synced_at", "tmdb_id", name="movie_held_by_freshness", condition=Q(holder_count__gt=0)),
            # The worker's round over films that the export no longer lists.
            models.Index("suspected_at", name="movie_suspected", condition=Q(suspected_at__isnull=False)),
            # What else was merged into a film, when that one is merged in its turn.
            models.Index("merged_into", name="movie_merged_into", condition=Q(merged_into__isnull=False)),
            # The admin's filter of tombstones.
            models.Index("gone_at", name="movie_gone", condition=Q(gone_at__isnull=False)),
            # The admin's search by IMDb id.
            models.Index("imdb_id", name="movie_by_imdb_id", condition=~Q(imdb_id="")),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.released_on.year})" if self.released_on else self.title

    @cached_property
    def slug(self) -> str:
        """Of the title as TMDB has it in English, whatever `catalog.wording` puts in its place: an address is one."""
        return slug_of(self.title)

    def get_absolute_url(self) -> str:
        return reverse("movie", args=[self.pk, self.slug])

    @property
    def is_partial(self) -> bool:
        """Whether only what the daily export says is known of it, as long as TMDB has more to say."""
        return self.synced_at is None and self.gone_at is None
