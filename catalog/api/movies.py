"""Lists of films: browsing, and the ranked ones."""

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.examples import ROW, example
from catalog.api.reads import PAGED, MovieRowsViewSet, asked, kept_list
from catalog.charts import now_playing, top_rated, trending, upcoming
from catalog.filters import MovieFilter
from catalog.languages import accepted_language
from catalog.models import Movie
from catalog.regions import RegionQuery
from catalog.serializers.movies import MovieRowSerializer

ROWS = MovieRowSerializer(many=True)
MATRIX = example(ROW, "A film in a list")


class MovieListViewSet(MovieRowsViewSet):
    """The films that are listed: no tombstones, nothing for adults alone."""

    filterset_class = MovieFilter
    cached = {
        # There `language` has always been the films' own: the reader's comes by Accept-Language alone.
        "list": kept_list(600, *PAGED, *MovieFilter.base_filters, language=accepted_language),
        "popular": kept_list(3600, *PAGED),
        "trending": kept_list(3600, *PAGED),
        "top_rated": kept_list(3600, *PAGED),
        "now_playing": kept_list(3600, *PAGED, "region"),
        "upcoming": kept_list(3600, *PAGED, "region"),
    }

    def get_queryset(self) -> QuerySet[Movie]:
        return Movie.objects.listed().order_by("-popularity", "-pk")

    @extend_schema(operation_id="listMovies", summary="Browse films", tags=["movies"], examples=[MATRIX])
    def list(self, request: Request) -> Response:
        """Films narrowed by any of the parameters together, the most popular first unless `ordering` says else."""
        return self.page_of(self.filter_queryset(self.get_queryset()))

    @extend_schema(
        operation_id="listPopularMovies",
        summary="Popular films",
        tags=["movies"],
        filters=False,
        responses=ROWS,
        examples=[MATRIX],
    )
    def popular(self, request: Request) -> Response:
        """Films by TMDB's popularity. Kept for an hour."""
        return self.page_of(self.get_queryset())

    @extend_schema(
        operation_id="listTrendingMovies",
        summary="Trending films",
        tags=["movies"],
        filters=False,
        responses=ROWS,
        examples=[MATRIX],
    )
    def trending(self, request: Request) -> Response:
        """TMDB's films of the week, in its order; by popularity until that chart has been fetched."""
        return self.page_of(trending(self.get_queryset()))

    @extend_schema(
        operation_id="listTopRatedMovies",
        summary="Top rated films",
        tags=["movies"],
        filters=False,
        responses=ROWS,
        examples=[MATRIX],
    )
    def top_rated(self, request: Request) -> Response:
        """Films by TMDB's votes, where few votes count for less: a mean drawn towards that of all films."""
        return self.page_of(top_rated(self.get_queryset()))

    @extend_schema(
        operation_id="listMoviesNowPlaying",
        summary="Films in cinemas now",
        tags=["movies"],
        filters=False,
        parameters=[RegionQuery],
        responses=ROWS,
        examples=[MATRIX],
    )
    def now_playing(self, request: Request) -> Response:
        """Films that came to the region's cinemas in the last six weeks, the most popular first."""
        region = asked(RegionQuery, request)["region"]
        return self.page_of(now_playing(self.get_queryset(), region, timezone.now().date()))

    @extend_schema(
        operation_id="listUpcomingMovies",
        summary="Films that come to cinemas soon",
        tags=["movies"],
        filters=False,
        parameters=[RegionQuery],
        responses=ROWS,
        examples=[MATRIX],
    )
    def upcoming(self, request: Request) -> Response:
        """Films that come to the region's cinemas in the next half year, the next first."""
        region = asked(RegionQuery, request)["region"]
        return self.page_of(upcoming(self.get_queryset(), region, timezone.now().date()))
