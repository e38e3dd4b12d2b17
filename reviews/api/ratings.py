"""What members give films."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.examples import asked_with
from accounts.api.rooms import checked
from catalog.api.examples import ROW, example
from catalog.api.movie import MOVIE_ID
from catalog.api.reads import HOUR, PAGED, MovieRowsViewSet, kept_list
from catalog.models import Movie
from catalog.serializers.movies import MovieRowSerializer
from reviews import films, services
from reviews.api.examples import RATING, RATINGS
from reviews.api.rooms import OwnFilmsViewSet, ReviewsViewSet
from reviews.models import Rating
from reviews.serializers.ratings import MovieRatingsSerializer, RatingSerializer, RatingWritingSerializer


class MovieRatingsViewSet(ReviewsViewSet):
    serializer_class = MovieRatingsSerializer
    # What one gives a film is kept for oneself then, and counts once one may speak again.
    taking_away = frozenset({"update", "destroy"})

    def get_queryset(self) -> QuerySet[Movie]:
        return Movie.objects.select_related("score").only("rating_total", "rating_count", "score")

    @extend_schema(
        operation_id="getMovieRatings",
        summary="How members rate a film",
        tags=["movies", "reviews"],
        parameters=[MOVIE_ID],
        examples=[example(RATINGS, "The Matrix")],
    )
    def retrieve(self, request: Request, movie_id: int) -> Response:
        """As it stands now. `mine` is null where nobody is signed in."""
        return self.shown(films.current(movie_id))

    @extend_schema(
        operation_id="rateMovie",
        summary="Rate a film",
        tags=["movies", "reviews"],
        parameters=[MOVIE_ID],
        request=RatingWritingSerializer,
        examples=[asked_with({"value": 9}), example(RATINGS, "As it stands then")],
    )
    def update(self, request: Request, movie_id: int) -> Response:
        """Gives or changes your one rating of it; twice is once."""
        value = checked(RatingWritingSerializer, request)["value"]
        movie = films.wanted(movie_id)
        services.rate_movie(user=request.user, movie=movie, value=value)
        return self.shown(movie)

    @extend_schema(
        operation_id="unrateMovie",
        summary="Take your rating of a film back",
        tags=["movies", "reviews"],
        parameters=[MOVIE_ID],
        request=None,
        responses={204: None},
    )
    def destroy(self, request: Request, movie_id: int) -> Response:
        services.unrate_movie(user=request.user, movie=films.current(movie_id))
        return Response(status=204)

    def shown(self, movie: Movie) -> Response:
        mine = Rating.objects.filter(user=self.request.user.pk, movie=movie).values_list("value", flat=True).first()
        found = self.get_queryset().get(pk=movie.pk)
        return Response(MovieRatingsSerializer(found, context={"mine": mine}).data)


class OwnRatingsViewSet(OwnFilmsViewSet):
    serializer_class = RatingSerializer
    queryset = Rating.objects.none()

    @extend_schema(
        operation_id="listOwnRatings", summary="Your ratings", tags=["users"], examples=[example(RATING, "A rating")]
    )
    def list(self, request: Request) -> Response:
        """The last given first."""
        rated = Rating.objects.filter(user=request.user).latest_first()
        return self.page_of(rated.about_films())


class TopRatedViewSet(MovieRowsViewSet):
    cached = {"list": kept_list(HOUR, *PAGED)}
    filter_backends: list = []

    @extend_schema(
        operation_id="listMoviesTopRatedByMembers",
        summary="The films that members rate highest",
        tags=["movies", "reviews"],
        responses=MovieRowSerializer(many=True),
        examples=[example(ROW, "A film in a list")],
    )
    def list(self, request: Request) -> Response:
        """By the average drawn towards that of all films until there are enough ratings. Kept for an hour."""
        rated = Movie.objects.listed().filter(score__isnull=False, rating_count__gt=0)
        return self.page_of(rated.order_by("-score__weighted", "-pk"))
