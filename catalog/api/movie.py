"""One film: its facts, its people, what is like it, where to stream it."""

from django.db.models import Case, IntegerField, QuerySet, When
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.examples import CREDITS, MOVIE, ROW, STREAMING, example
from catalog.api.reads import PAGED, CatalogueViewSet, asked, kept_list, kept_movie, path_id
from catalog.details import detailed, with_credits, with_streaming
from catalog.models import Movie
from catalog.regions import RegionQuery
from catalog.serializers.details import MovieSerializer
from catalog.serializers.movies import ROW_COLUMNS, MovieRowSerializer
from catalog.serializers.people import CreditsSerializer
from catalog.serializers.streaming import StreamingSerializer, streaming_of
from catalog.similar import similar_ids
from catalog.sync import fetch_movie
from catalog.tmdb.errors import TMDBNotFound, TMDBUnavailable
from web.errors import Unavailable

MOVIE_ID = path_id("movie_id", "The film's TMDB id.")


class MovieViewSet(CatalogueViewSet):
    """A film by its TMDB id. One that is gone from TMDB stays readable here, and says so in `gone_at`."""

    queryset = Movie.objects.all()
    serializer_class = MovieSerializer
    filterset_class = None
    filter_backends: list = []
    cached = {
        "retrieve": kept_movie("region"),
        "credits": kept_movie(),
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
        """All that is held of the film. One that is not held yet is fetched from TMDB first. Kept for 24 hours."""
        region = asked(RegionQuery, request)["region"]
        movie = self.held(detailed(self.get_queryset(), region), movie_id)
        return Response(MovieSerializer(movie, context={"region": region}).data)

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
        operation_id="listSimilarMovies",
        summary="Films like this one",
        tags=["movies"],
        parameters=[MOVIE_ID],
        responses=MovieRowSerializer(many=True),
        examples=[example(ROW, "A film in a list")],
    )
    def similar(self, request: Request, movie_id: int) -> Response:
        """At most a hundred films that share collection, people, keywords or genres with this one."""
        ids = self.paginate_queryset(similar_ids(get_object_or_404(Movie, pk=movie_id)))
        in_order = Case(*[When(pk=one, then=place) for place, one in enumerate(ids)], output_field=IntegerField())
        rows = Movie.objects.filter(pk__in=ids).order_by(in_order).values(*ROW_COLUMNS) if ids else []
        return self.get_paginated_response(MovieRowSerializer(rows, many=True).data)

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

    @staticmethod
    def held(movies: QuerySet[Movie], movie_id: int) -> Movie:
        """The film, fetched from TMDB when it is not held in full. What is known is served while TMDB is away."""
        movie = movies.filter(pk=movie_id).first()
        if movie and (movie.synced_at or movie.gone_at):
            return movie
        try:
            fetch_movie(movie_id)
        except TMDBNotFound as fault:
            raise NotFound from fault
        except TMDBUnavailable as fault:
            if movie:
                return movie
            raise Unavailable("This film is not held yet, and TMDB does not answer.") from fault
        return get_object_or_404(movies, pk=movie_id)
