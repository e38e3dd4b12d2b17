"""What a watchlist and a diary can be narrowed by. A bad value is a 400 that names its parameter."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

from catalog.filter_fields import BIGGEST_ID, GRANTED, Number, day, ids, language, number, region, wish
from catalog.filters import AVERAGE, FIRST_YEAR, LAST_YEAR, QueryFilter
from catalog.models import Movie, Offer
from catalog.models.browsing import GENRE_BITS
from catalog.my_services import services_of
from catalog.regions import DEFAULT_REGION
from watchlists.models.tags import LONGEST_TAG, tidy

Rows = QuerySet[Any]
# By what may be ordered, and by what among the same.
ORDERS = {
    "added_at": ("added_at",),
    "priority": ("priority", "added_at"),
    "release_date": ("released",),
    "popularity": ("popularity",),
    "rating": ("weighted",),
}
AVERAGE_FROM = extend_schema_field({"type": "number", "minimum": 0, "maximum": 10, "description": AVERAGE})


def year_of(text: str, method: str) -> Number:
    bounds = {"min_value": FIRST_YEAR, "max_value": LAST_YEAR}
    given = [{"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}, {"type": "string", "maxLength": 0}]
    return extend_schema_field({"anyOf": given, "description": text})(Number(method=method, help_text=text, **bounds))


def in_order(rows: Rows, ordering: str) -> Rows:
    """The entries by one of `ORDERS`, falling where it begins with a minus; films without a date last either way."""
    name, sign = ordering.removeprefix("-"), "-" if ordering.startswith("-") else ""
    unknown = Value(date.min if sign else date.max, DateField())
    found = {
        "release_date": {"released": Coalesce("movie__released_on", unknown)},
        "popularity": {"popularity": F("movie__popularity")},
        "rating": {"weighted": F("movie__weighted_rating")},
    }
    rows = rows.annotate(**found.get(name, {}))
    return rows.order_by(*(f"{sign}{column}" for column in (*ORDERS[name], "pk")))


class WatchlistFilter(QueryFilter):
    watched = wish("Whether they were watched.", "by_watched")
    genre = ids("TMDB ids of genres: films that are of all of them.", "of_genres")
    on_my_services = wish(
        "`true`: films that a service of yours has, in your country unless `region` names another.", "on_services"
    )
    region = region("The region that `on_my_services` is about, ISO 3166-1 alpha-2; your own unless given.")
    max_runtime = number("Minutes at most.", "movie__runtime", "lte", low=0, high=100_000)
    runtime_min = number("Minutes at least.", "movie__runtime", "gte", low=0, high=100_000)
    decade = year_of("Released in the ten years from this one, as in 1990.", "by_decade")
    language = language("Original language, ISO 639-1.", "movie__original_language")
    unreleased = wish("Whether they are yet to come out, or nobody knows when they will.", "by_release")
    rating_min = AVERAGE_FROM(
        filters.NumberFilter("movie__tmdb_vote_average", "gte", min_value=0, max_value=10, help_text=AVERAGE)
    )
    ordering = filters.ChoiceFilter(
        method="by_ordering",
        choices=[(sign + name, sign + name) for name in ORDERS for sign in ("", "-")],
        help_text="Rising, or with a minus falling; `-added_at` unless given. Films whose date is unknown come last.",
    )

    def skip(self, rows: Rows, name: str, value: Any) -> Rows:
        return rows

    def by_watched(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(is_watched=value == GRANTED)

    def of_genres(self, rows: Rows, name: str, genres: list[int]) -> Rows:
        bits = [GENRE_BITS[genre] for genre in genres if genre in GENRE_BITS]
        rows = rows.filter(*(Exact(F("movie__genre_bits").bitand(bit), bit) for bit in bits))
        tagged = Movie.genres.through.objects.filter(movie=OuterRef("movie"))
        return rows.filter(*(Exists(tagged.filter(genre=genre)) for genre in genres if genre not in GENRE_BITS))

    def on_services(self, rows: Rows, name: str, value: str) -> Rows:
        if value != GRANTED:
            return rows
        user = self.request.user
        where = self.form.cleaned_data.get("region") or getattr(user, "region", "") or DEFAULT_REGION
        offers = Offer.objects.current().on(services_of(user), where)
        return rows.filter(Exists(offers.filter(movie=OuterRef("movie"))))

    def by_decade(self, rows: Rows, name: str, year: int) -> Rows:
        return rows.filter(movie__released_on__range=(date(year, 1, 1), date(year + 9, 12, 31)))

    def by_release(self, rows: Rows, name: str, value: str) -> Rows:
        today = timezone.now().date()
        unreleased = Q(movie__released_on__gt=today) | Q(movie__released_on=None)
        return rows.filter(unreleased if value == GRANTED else Q(movie__released_on__lte=today))

    def by_ordering(self, rows: Rows, name: str, value: str) -> Rows:
        return in_order(rows, value)


class TagField(forms.CharField):
    def clean(self, value: str | None) -> str:
        return tidy(super().clean(value))


class Tag(filters.Filter):
    field_class = TagField


class HistoryFilter(QueryFilter):
    since = day("Watched on this day or later.", "from_day")
    until = day("Watched on this day or before.", "to_day")
    year = year_of("Watched in this year.", "by_year")
    movie_id = number("Of this film, by its TMDB id.", "movie", low=1, high=BIGGEST_ID)
    rewatch = wish("Whether they were rewatches.", "by_rewatch")
    tag = Tag(field_name="tags", lookup_expr="holds", max_length=LONGEST_TAG, help_text="With this tag.")

    def from_day(self, rows: Rows, name: str, value: date) -> Rows:
        return rows.filter(watched_on__isnull=False, sorted_on__gte=value)

    def to_day(self, rows: Rows, name: str, value: date) -> Rows:
        return rows.filter(watched_on__isnull=False, sorted_on__lte=value)

    def by_year(self, rows: Rows, name: str, year: int) -> Rows:
        return rows.filter(watched_on__isnull=False, sorted_on__range=(date(year, 1, 1), date(year, 12, 31)))

    def by_rewatch(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(is_rewatch=value == GRANTED)
