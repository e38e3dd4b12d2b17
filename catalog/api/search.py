"""Finding films by what one types."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.examples import REFERENCE, ROW, example
from catalog.api.reads import PAGED, MovieRowsViewSet, asked, kept_list
from catalog.filters import YearFilter
from catalog.models import Movie
from catalog.search import LONGEST_QUERY, matching, suggested
from catalog.serializers.movies import MovieReferenceSerializer, MovieRowSerializer

SUGGESTIONS = 10
HALF_AN_HOUR = 1800


NOTHING = "Give something to look for."
SOMETHING = r"[^\s\x00-\x1f]"


@extend_schema_field({"type": "string", "maxLength": LONGEST_QUERY, "pattern": SOMETHING})
class WordsField(serializers.RegexField):
    """Something to look for, not white space alone."""


class SearchQuery(serializers.Serializer):
    q = WordsField(
        SOMETHING,
        max_length=LONGEST_QUERY,
        error_messages={"invalid": NOTHING, "blank": NOTHING},
        help_text="A title or a name, its beginning, or words of it.",
    )


class SuggestionsSerializer(serializers.Serializer):
    """In the lists' shape; there is never a next page."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = MovieReferenceSerializer(many=True)


class MovieSearchViewSet(MovieRowsViewSet):
    """Search over titles and original titles, whatever the capitals, accents and punctuation."""

    filter_backends = [filters.DjangoFilterBackend]
    filterset_class = YearFilter
    cached = {
        "search": kept_list(HALF_AN_HOUR, *PAGED, "q", *YearFilter.base_filters),
        "suggest": kept_list(HALF_AN_HOUR, "q"),
    }

    def get_queryset(self) -> QuerySet[Movie]:
        return Movie.objects.listed()

    @extend_schema(
        operation_id="searchMovies",
        summary="Search films",
        tags=["movies"],
        parameters=[SearchQuery],
        responses=MovieRowSerializer(many=True),
        examples=[example(ROW, "A film found")],
    )
    def search(self, request: Request) -> Response:
        """Whole titles first, then titles that begin so, then titles that hold every word; kept for 30 minutes."""
        rows = self.filter_queryset(self.get_queryset())
        return self.page_of(matching(rows, asked(SearchQuery, request)["q"]))

    @extend_schema(
        operation_id="suggestMovies",
        summary="Suggest films while typing",
        tags=["movies"],
        filters=False,
        parameters=[SearchQuery],
        responses=SuggestionsSerializer,
        examples=[example({"next": None, "previous": None, "results": [REFERENCE]}, "After typing: matr")],
    )
    def suggest(self, request: Request) -> Response:
        """Ten films at the most, one of whose titles, or words, begins with what has been typed."""
        rows = suggested(self.get_queryset(), asked(SearchQuery, request)["q"])[:SUGGESTIONS]
        found = MovieReferenceSerializer(rows, many=True).data
        return Response({"next": None, "previous": None, "results": found})
