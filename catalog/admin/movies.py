from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from catalog.admin.merging import MergedByForm
from catalog.admin.refreshing import RefreshedByButton
from catalog.admin.synced import NamedAdmin, SyncedAdmin, SyncedInline, ask_again
from catalog.models import Collection, Credit, Movie, Offer, Person, ReleaseDate, Video
from catalog.search import search_movies, search_people

TMDB_PAGE = "https://www.themoviedb.org"


class FreshnessFilter(admin.SimpleListFilter):
    title = _("freshness")
    parameter_name = "freshness"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [
            ("fresh", _("fresh")),
            ("stale", _("due to be refreshed")),
            ("known", _("never detailed")),
            ("gone", _("gone from TMDB")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Movie]) -> QuerySet[Movie]:
        now = timezone.now()
        match self.value():
            case "fresh":
                return queryset.filter(pk__in=Movie.objects.fresh(now).values("pk"), gone_at=None)
            case "stale":
                return queryset.filter(pk__in=Movie.objects.stale(now).order_by().values("pk"))
            case "known":
                return queryset.filter(synced_at=None, gone_at=None)
            case "gone":
                return queryset.filter(gone_at__isnull=False)
        return queryset


class CreditInline(SyncedInline):
    model = Credit
    related = ("person",)
    ordering = ["kind", "position"]


class OfferInline(SyncedInline):
    model = Offer
    related = ("provider",)
    fields = ["region", "provider", "kind", "first_seen_at", "last_seen_at", "left_at"]
    ordering = ["region", "provider__priority", "first_seen_at"]


class ReleaseDateInline(SyncedInline):
    model = ReleaseDate
    fields = ["region", "kind", "released_on", "certification"]


class VideoInline(SyncedInline):
    model = Video
    fields = ["kind", "name", "site", "key", "language", "is_official"]


@admin.register(Movie)
class MovieAdmin(RefreshedByButton, MergedByForm, NamedAdmin):
    """Found by title, TMDB id or IMDb id; tombstones are kept and marked."""

    list_display = ["title", "released_on", "tmdb_id", "popularity", "rating_count", "synced_at", "gone_at"]
    list_filter = [FreshnessFilter, "is_adult", "is_video"]
    search_fields = ["title"]
    find = staticmethod(search_movies)
    search_help_text = _("A title, a TMDB id, or an IMDb id such as tt0113277.")
    ordering = ["-pk"]  # the order by popularity has an index for listed films alone
    actions = [ask_again]
    inlines = [CreditInline, OfferInline, ReleaseDateInline, VideoInline]
    fields = [
        ("title", "original_title"),
        ("tmdb_id", "imdb_id", "on_tmdb"),
        ("released_on", "runtime", "status"),
        "overview",
        ("genres", "keywords"),
        ("collection", "countries", "languages"),
        ("popularity", "tmdb_vote_average", "tmdb_vote_count"),
        ("rating_total", "rating_count"),
        ("is_adult", "is_video"),
        ("synced_at", "suspected_at"),
        ("gone_at", "merged_into"),
    ]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        term = search_term.strip()
        if term.startswith("tt") and term[2:].isdecimal():
            return queryset.filter(imdb_id=term), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=_("on TMDB"))
    def on_tmdb(self, movie: Movie) -> str:
        return format_html('<a href="{0}/movie/{1}">{0}/movie/{1}</a>', TMDB_PAGE, movie.pk)


@admin.register(Person)
class PersonAdmin(NamedAdmin):
    list_display = ["name", "tmdb_id", "known_for", "popularity"]
    search_fields = ["name"]
    find = staticmethod(search_people)
    search_help_text = _("A name, or a TMDB id.")
    ordering = ["-popularity", "pk"]


@admin.register(Collection)
class CollectionAdmin(SyncedAdmin):
    list_display = ["name", "tmdb_id"]
    search_fields = ["name", "=tmdb_id"]
    ordering = ["pk"]
