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
from catalog.looking_up import look_up
from catalog.models import Movie
from catalog.search import LONGEST_QUERY, suggest_movies
from catalog.serializers.movies import MovieReferenceSerializer, MovieRowSerializer

SUGGESTIONS = 10
HALF_AN_HOUR = 1800
WHILE_TMDB_IS_AWAY = 10


# Not by white space, nor by what is not written.
SOMETHING = r"^[^\x00]*[^\s\x00-\x1f][^\x00]*$"
NOTHING = "Give something to look for."


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
    """Search over titles in every language, whatever the capitals, accents, punctuation and slips of the finger."""

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
        """Films by any of their titles, original or localized, near ones and well-known ones first.

        Misspelt words, absent accents, articles and numerals written otherwise are understood, and so is a year among
        the words. The best 200 are given, and counted. Where none is held, TMDB is asked once. Kept for 30 minutes.
        """
        is_narrowed = any(request.query_params.get(name) for name in self.filterset_class.base_filters)
        within = self.filter_queryset(self.get_queryset()) if is_narrowed else None
        text = asked(SearchQuery, request)["q"]
        found = look_up(text, within)
        response = self.page_of_ids(found.ids)
        if not found.is_final:
            response.keep_seconds = WHILE_TMDB_IS_AWAY
        return response

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
        ids = suggest_movies(asked(SearchQuery, request)["q"], limit=SUGGESTIONS)
        held = self.get_queryset().in_bulk(ids)
        rows = [held[movie_id] for movie_id in ids if movie_id in held]
        found = MovieReferenceSerializer(rows, many=True, context=self.get_serializer_context()).data
        return Response({"next": None, "previous": None, "results": found})
