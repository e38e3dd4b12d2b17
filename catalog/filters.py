"""What the lists of films can be narrowed by. A bad value is a 400 that names its parameter."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

from catalog.models import Credit, Movie, Offer
from catalog.regions import DEFAULT_REGION

BIGGEST_ID = 2**31 - 1
FIRST_YEAR, LAST_YEAR = 1870, 2200
MOST_IDS = 20
ID_LIST = r"^([1-9][0-9]{0,8}(,[1-9][0-9]{0,8}){0,19})?$"
AVERAGE = "TMDB average at least, 0 to 10."

ORDERINGS = {
    "popularity": "popularity",
    "release_date": "released_on",
    "rating": "weighted_rating",
    "votes": "tmdb_vote_count",
    "title": "title",
    "runtime": "runtime",
}
UNKNOWN_AS_NULL = ("released_on", "runtime")


class IdListField(forms.CharField):
    """Ids apart by commas, as in `28,12`."""

    def clean(self, value: str | None) -> list[int]:
        texts = [text.strip() for text in super().clean(value).split(",") if text.strip()]
        if not all(text.isascii() and text.isdecimal() and 0 < int(text[:11]) <= BIGGEST_ID for text in texts):
            raise forms.ValidationError("Give TMDB ids, apart by commas.", code="invalid")
        if len(texts) > MOST_IDS:
            raise forms.ValidationError(f"Give {MOST_IDS} ids at most.", code="max_length")
        return [int(text) for text in texts]


class IdList(filters.Filter):
    field_class = IdListField


class Number(filters.Filter):
    field_class = forms.IntegerField


class CodeField(forms.RegexField):
    """Two letters, whatever their case."""

    def __init__(self, **options: Any) -> None:
        super().__init__(r"^[A-Za-z]{2}\Z", error_messages={"invalid": "Give a code of two letters."}, **options)

    def clean(self, value: str | None) -> str:
        return super().clean(value).lower()


class RegionField(CodeField):
    def clean(self, value: str | None) -> str:
        return super().clean(value).upper()


class Language(filters.Filter):
    field_class = CodeField


class RegionFilter(filters.Filter):
    field_class = RegionField


def ids(text: str, method: str) -> IdList:
    schema = {"type": "string", "pattern": ID_LIST, "description": text}
    return extend_schema_field(schema)(IdList(method=method, help_text=text))


def number(text: str, field: str, lookup: str = "exact", *, low: int, high: int) -> Number:
    schema = {"type": "integer", "minimum": low, "maximum": high, "description": text}
    options = {"min_value": low, "max_value": high, "help_text": text}
    return extend_schema_field(schema)(Number(field, lookup, **options))


def region(text: str, method: str = "skip") -> RegionFilter:
    schema = {"type": "string", "pattern": "^([A-Za-z]{2})?$", "default": DEFAULT_REGION, "description": text}
    return extend_schema_field(schema)(RegionFilter(method=method, help_text=text))


def language(text: str) -> Language:
    schema = {"type": "string", "pattern": "^([A-Za-z]{2})?$", "description": text}
    return extend_schema_field(schema)(Language("original_language", help_text=text))


class QueryFilter(filters.FilterSet):
    """A filter set that makes only the filters it is asked for: to copy them all cost as much as the query."""

    def __init__(self, data: QueryDict | None = None, *args: Any, **options: Any) -> None:
        if data is not None:
            self.base_filters = {name: each for name, each in self.base_filters.items() if name in data}
        super().__init__(data, *args, **options)


class YearFilter(QueryFilter):
    year = number("Released in this year.", "released_on__year", low=FIRST_YEAR, high=LAST_YEAR)
    person = ids("TMDB ids of people: films that have all of them among cast or crew.", "with_people")

    def with_people(self, movies: QuerySet[Movie], name: str, people: list[int]) -> QuerySet[Movie]:
        for person in people:
            movies = movies.filter(pk__in=Credit.objects.filter(person=person).values("movie"))
        return movies

    def skip(self, movies: QuerySet[Movie], name: str, value: Any) -> QuerySet[Movie]:
        return movies


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
    provider = ids("TMDB ids of streaming services: films that any of them has in the region.", "on_providers")
    region = region("The region that `provider` is about, ISO 3166-1 alpha-2.")
    ordering = filters.ChoiceFilter(
        method="in_order",
        choices=[(sign + name, sign + name) for name in ORDERINGS for sign in ("", "-")],
        help_text="Rising, or with a minus falling; `-popularity` unless given. Films whose date or runtime is unknown "
        "are left out of the order by it.",
    )

    def of_genres(self, movies: QuerySet[Movie], name: str, genres: list[int]) -> QuerySet[Movie]:
        for genre in genres:
            movies = movies.filter(pk__in=Movie.genres.through.objects.filter(genre=genre).values("movie"))
        return movies

    def on_providers(self, movies: QuerySet[Movie], name: str, providers: list[int]) -> QuerySet[Movie]:
        where = self.form.cleaned_data.get("region") or DEFAULT_REGION
        offers = Offer.objects.filter(region=where, provider__in=providers)
        return movies.filter(pk__in=offers.values("movie")) if providers else movies

    def in_order(self, movies: QuerySet[Movie], name: str, value: str) -> QuerySet[Movie]:
        sign, column = value[: value.startswith("-")], ORDERINGS[value.removeprefix("-")]
        if column in UNKNOWN_AS_NULL:
            movies = movies.exclude(**{column: None})
        return movies.order_by(sign + column, sign + "pk")


class StreamingFilter(QueryFilter):
    provider = ids("TMDB ids of streaming services; all of the region's where none is named.", "skip")
    region = region("ISO 3166-1 alpha-2.")

    def skip(self, movies: QuerySet[Movie], name: str, value: Any) -> QuerySet[Movie]:
        return movies

    def filter_queryset(self, movies: QuerySet[Movie]) -> QuerySet[Movie]:
        offers = Offer.objects.filter(region=self.form.cleaned_data.get("region") or DEFAULT_REGION)
        providers = self.form.cleaned_data.get("provider")
        return movies.filter(pk__in=(offers.filter(provider__in=providers) if providers else offers).values("movie"))
