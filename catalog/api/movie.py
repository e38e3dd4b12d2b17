"""One film: its facts, its people, what is like it, where to stream it."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.examples import CREDITS, MOVIE, RELEASES, ROW, STREAMING, example
from catalog.api.reads import PAGED, CatalogueViewSet, asked, kept_list, kept_movie, path_id
from catalog.details import detailed, with_credits, with_releases, with_streaming
from catalog.held import held
from catalog.languages import reader_language
from catalog.models import Movie
from catalog.regions import RegionQuery
from catalog.serializers.details import MovieSerializer
from catalog.serializers.movies import MovieRowSerializer
from catalog.serializers.people import CreditsSerializer
from catalog.serializers.releases import ReleasesSerializer
from catalog.serializers.streaming import StreamingSerializer, streaming_of
from catalog.similar import similar_ids
from catalog.tmdb.errors import TMDBNotFound, TMDBUnavailable
from web.errors import Unavailable

# While TMDB is away, each film that is only known is asked for once in so long.
PARTIAL_SECONDS = 30
MOVIE_ID = path_id("movie_id", "The film's TMDB id.")


class MovieViewSet(CatalogueViewSet):
    """A film by its TMDB id. One that is gone from TMDB stays readable here, and says so in `gone_at`."""

    queryset = Movie.objects.all()
    serializer_class = MovieSerializer
    filterset_class = None
    filter_backends: list = []
    is_partial = False
    cached = {
        "retrieve": kept_movie("region", language=reader_language),
        "credits": kept_movie(),
        "releases": kept_movie(),
        "similar": kept_list(24 * 3600, *PAGED),
        "streaming": kept_movie("region"),
    }

    @extend_schema(
        operation_id="getMovie",
        summary="One film",
        tags=["movies"],
        parameters=[MOVIE_ID, RegionQuery],
        examples=[example(MOVIE, "The Matrix")],
    )
    def retrieve(self, request: Request, movie_id: int) -> Response:
        """All that is held of the film, in the reader's language where it is held in it. Kept for 24 hours.

        A film that is not held yet is fetched from TMDB first.
        """
        region = asked(RegionQuery, request)["region"]
        movie = self.held(detailed(self.get_queryset(), region), movie_id)
        return Response(MovieSerializer(movie, context=self.get_serializer_context() | {"region": region}).data)

    @extend_schema(
        operation_id="getMovieCredits",
        summary="A film's cast and crew",
        tags=["movies"],
        parameters=[MOVIE_ID],
        responses=CreditsSerializer,
        examples=[example({"id": 603} | CREDITS, "The Matrix")],
    )
    def credits(self, request: Request, movie_id: int) -> Response:
        """The first thirty of the cast in the order of the credits, all directors and all writers."""
        return Response(CreditsSerializer(self.held(with_credits(self.get_queryset()), movie_id)).data)

    @extend_schema(
        operation_id="getMovieReleases",
        summary="A film's release dates and age ratings",
        tags=["movies"],
        parameters=[MOVIE_ID],
        responses=ReleasesSerializer,
        examples=[example(RELEASES, "The Matrix")],
    )
    def releases(self, request: Request, movie_id: int) -> Response:
        """When it came out in each country, in which ways, and its age rating there."""
        return Response(ReleasesSerializer(self.held(with_releases(self.get_queryset()), movie_id)).data)

    @extend_schema(
        operation_id="listSimilarMovies",
        summary="Films like this one",
        tags=["movies"],
        parameters=[MOVIE_ID],
        responses=MovieRowSerializer(many=True),
        examples=[example(ROW, "A film in a list")],
    )
    def similar(self, request: Request, movie_id: int) -> Response:
        """At most a hundred films that share collection, people, keywords or genres with this one."""
        ids = similar_ids(get_object_or_404(Movie.objects.only("pk", "collection"), pk=movie_id))
        return self.page_of_ids(ids)

    @extend_schema(
        operation_id="getMovieStreaming",
        summary="Where to stream a film",
        tags=["movies", "streaming"],
        parameters=[MOVIE_ID, RegionQuery],
        responses=StreamingSerializer,
        examples=[example(STREAMING, "The Matrix in the US")],
    )
    def streaming(self, request: Request, movie_id: int) -> Response:
        """The services that have it in the region, by kind. JustWatch must be named wherever this is shown."""
        region = asked(RegionQuery, request)["region"]
        return Response(streaming_of(self.held(with_streaming(self.get_queryset(), region), movie_id), region))

    def held(self, movies: QuerySet[Movie], movie_id: int) -> Movie:
        """The film, fetched from TMDB when it is not held in full. What is known is served while TMDB is away."""
        try:
            movie, is_whole = held(movies, movie_id)
        except (TMDBNotFound, Movie.DoesNotExist) as fault:
            raise NotFound from fault
        except TMDBUnavailable as fault:
            raise Unavailable("This film is not held yet, and TMDB does not answer.") from fault
        self.is_partial = not is_whole
        return movie

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """What is told of a film in part is soon asked for again."""
        if self.is_partial:
            response.keep_seconds = PARTIAL_SECONDS
        return super().finalize_response(request, response, *args, **kwargs)
