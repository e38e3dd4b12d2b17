"""What the lists of films can be narrowed by. A bad value is a 400 that names its parameter."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.core.validators import EMPTY_VALUES
from django.db.models import Count, Exists, F, OrderBy, OuterRef, QuerySet, Value
from django.db.models.expressions import NegatedExpression
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.http import QueryDict
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import NotAuthenticated

from catalog.filter_fields import BIGGEST_ID, GRANTED, MOST_PROVIDERS, day, ids, language, number, region, wish
from catalog.models import Credit, Movie, Offer
from catalog.models.browsing import GENRE_BITS, is_of_genre
from catalog.regions import DEFAULT_REGION

FIRST_YEAR, LAST_YEAR = 1870, 2200
MANY = 4
AVERAGE = "TMDB average at least, 0 to 10."

ON_MY_SERVICES = (
    "`true`: films that a service of the signed-in member has, among those that `provider` names if it does, in the "
    "member's country unless `region` names another. Links to further pages name the services instead."
)

ORDERINGS = {
    "popularity": "popularity",
    "release_date": "released_on",
    "rating": "weighted_rating",
    "votes": "tmdb_vote_count",
    "title": "title_key",
    "runtime": "runtime",
}
# What stands for an unknown value, and is no value itself.
NEVER = {"released_on": date.min, "runtime": -1}


class QueryFilter(filters.FilterSet):
    """A filter set that makes only the filters it is asked for: to copy them all cost as much as the query."""

    def on_no_service(self, movies: QuerySet[Movie], name: str, value: str) -> QuerySet[Movie]:
        """The wish itself comes here only where there was no service to name in its place."""
        if value != GRANTED:
            return movies
        if not self.request.user.is_authenticated:
            raise NotAuthenticated
        return movies.none()

    def __init__(self, data: QueryDict | None = None, *args: Any, **options: Any) -> None:
        if data is not None:
            self.base_filters = {name: each for name, each in self.base_filters.items() if name in data}
        super().__init__(data, *args, **options)


def with_all(rows: QuerySet, column: str, wanted: list[int]) -> list[QuerySet]:
    """What each must have a row for a film that all the wanted are of."""
    if len(wanted) < MANY:
        return [rows.filter(**{column: one}) for one in wanted]
    # One condition in place of as many as are wanted, which PostgreSQL would plan for longer than it reads.
    counted = rows.filter(**{f"{column}__in": wanted}).values("movie").annotate(different=Count(column, distinct=True))
    return [counted.filter(different=len(wanted))]


class YearFilter(QueryFilter):
    year = number("Released in this year.", "released_on__year", low=FIRST_YEAR, high=LAST_YEAR)
    person = ids("TMDB ids of people: films that have all of them among cast or crew.", "skip")

    def skip(self, movies: QuerySet[Movie], name: str, value: Any) -> QuerySet[Movie]:
        """Done by `links`, together with what else is told by other tables."""
        return movies

    def asked(self, name: str) -> list[int]:
        return self.form.cleaned_data.get(name) or []

    def links(self) -> list[QuerySet]:
        """Rows of other tables, of which each must have one that names the film in its column `movie`."""
        return with_all(Credit.objects.all(), "person", self.asked("person"))

    def filter_queryset(self, movies: QuerySet[Movie]) -> QuerySet[Movie]:
        movies = super().filter_queryset(movies)
        first, *others = self.links() or [None]
        for other in others:
            first = first.filter(movie__in=other.values("movie"))
        return movies if first is None else movies.filter(pk__among=first.values("movie"))


class MovieFilter(YearFilter):
    genre = ids("TMDB ids of genres: films that are of all of them.", "of_genres")
    year_min = number("Released in this year or later.", "released_on__year", "gte", low=FIRST_YEAR, high=LAST_YEAR)
    year_max = number("Released in this year or before.", "released_on__year", "lte", low=FIRST_YEAR, high=LAST_YEAR)
    runtime_min = number("Minutes at least.", "runtime", "gte", low=0, high=100_000)
    runtime_max = number("Minutes at most.", "runtime", "lte", low=0, high=100_000)
    rating_min = extend_schema_field({"type": "number", "minimum": 0, "maximum": 10, "description": AVERAGE})(
        filters.NumberFilter("tmdb_vote_average", "gte", min_value=0, max_value=10, help_text=AVERAGE)
    )
    votes_min = number("TMDB votes at least.", "tmdb_vote_count", "gte", low=0, high=BIGGEST_ID)
    language = language("Original language, ISO 639-1.")
    keyword = ids("TMDB ids of keywords: films that have all of them.", "skip")
    collection = ids("TMDB ids of collections: films that belong to any of them.", "of_collections")
    provider = ids("TMDB ids of streaming services: films that any of them has in the region.", "skip", MOST_PROVIDERS)
    region = region("The region that `provider` is about, ISO 3166-1 alpha-2.")
    on_my_services = wish(ON_MY_SERVICES, "on_no_service")
    ordering = filters.ChoiceFilter(
        method="in_order",
        choices=[(sign + name, sign + name) for name in ORDERINGS for sign in ("", "-")],
        help_text="Rising, or with a minus falling; `-popularity` unless given. Films whose date or runtime is unknown "
        "are left out of the order by it. Of films known by title and popularity alone the order by popularity tells, "
        "with no filter; all else is about films known in full. By title: without leading articles, capitals, accents "
        "and punctuation, digits first, then script by script.",
    )

    def of_genres(self, movies: QuerySet[Movie], name: str, genres: list[int]) -> QuerySet[Movie]:
        return movies.filter(*[is_of_genre(genre) for genre in genres if genre in GENRE_BITS])

    def of_collections(self, movies: QuerySet[Movie], name: str, collections: list[int]) -> QuerySet[Movie]:
        return movies.filter(collection__in=collections) if collections else movies

    def links(self) -> list[QuerySet]:
        found = super().links()
        keywords, genres = Movie.keywords.through.objects, Movie.genres.through.objects
        found += with_all(keywords.all(), "keyword", self.asked("keyword"))
        found += with_all(genres.all(), "genre", [genre for genre in self.asked("genre") if genre not in GENRE_BITS])
        if providers := self.asked("provider"):
            where = self.form.cleaned_data.get("region") or DEFAULT_REGION
            found.append(Offer.objects.current().on(providers, where))
        if found and (collections := self.asked("collection")):
            found[0] = found[0].filter(movie__collection__in=collections)
        return found

    def in_order(self, movies: QuerySet[Movie], name: str, value: str) -> QuerySet[Movie]:
        column, is_falling = ORDERINGS[value.removeprefix("-")], value.startswith("-")
        if column in NEVER:
            movies = movies.filter(is_known(column))
        return movies.order_by(in_order(column, is_falling), in_order("pk", is_falling))

    def filter_queryset(self, movies: QuerySet[Movie]) -> QuerySet[Movie]:
        """Any question but for the most or least popular is about films that are known in full."""
        asked = {name: value for name, value in self.form.cleaned_data.items() if value not in EMPTY_VALUES}
        is_plain = asked.keys() <= {"ordering", "region"} and asked.get("ordering", "popularity").endswith("popularity")
        found = super().filter_queryset(movies)
        return found if is_plain else found.detailed()


def is_known(column: str) -> NegatedExpression:
    """As `IS NOT NULL`, of which PostgreSQL would expect a few films, since it is true of the detailed ones alone.

    All that are asked about are detailed ones. Of this it expects nearly all to pass, as they do.
    """
    unknown = NEVER[column]
    return ~Exact(Coalesce(column, Value(unknown)), Value(unknown))


def in_order(column: str, is_falling: bool) -> OrderBy:
    """As the column's index has it, or that backwards: the one of the dates has the unknown last."""
    if column != "released_on":
        return OrderBy(F(column), descending=is_falling)
    return F(column).desc(nulls_last=True) if is_falling else F(column).asc(nulls_first=True)


class StreamingFilter(QueryFilter):
    provider = ids("TMDB ids of streaming services; all of the region's where none is named.", "skip", MOST_PROVIDERS)
    region = region("ISO 3166-1 alpha-2.")
    on_my_services = wish(ON_MY_SERVICES, "on_no_service")
    new_since = day("Films that came to a service on this day or later (UTC).")

    def skip(self, movies: QuerySet[Movie], name: str, value: Any) -> QuerySet[Movie]:
        return movies

    def filter_queryset(self, movies: QuerySet[Movie]) -> QuerySet[Movie]:
        movies, asked = super().filter_queryset(movies), self.form.cleaned_data
        since, providers = asked.get("new_since"), asked.get("provider")
        offers = Offer.objects.new_since(datetime.combine(since, time(), UTC)) if since else Offer.objects.current()
        there = offers.filter(region=asked.get("region") or DEFAULT_REGION)
        if providers or since:
            return movies.filter(
                pk__among=(there.filter(provider__in=providers) if providers else there).values("movie")
            )
        # Half of all that is known streams somewhere in the region: the newest are soon found by asking each.
        return movies.filter(Exists(there.filter(movie=OuterRef("pk"))))
