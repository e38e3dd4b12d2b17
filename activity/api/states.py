"""What films are to the caller, for pages that show them to everyone alike."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.rooms import OwnViewSet
from activity.serializers.states import PATTERN, StateSerializer, StatesQuery, StatesSerializer
from activity.states import states_of
from catalog.api.examples import example
from catalog.api.reads import asked, path_id
from catalog.filter_fields import BIGGEST_ID

SEEN = {"in_watchlist": False, "favorite": True, "watched": True, "plays": 2, "rating": 9, "review_id": 41}
MOVIE_IDS = OpenApiParameter(
    "movie_ids",
    {"type": "string", "pattern": PATTERN},
    required=True,
    description="TMDB ids, apart by commas; 100 at the most.",
)


class StateViewSet(OwnViewSet):
    serializer_class = StateSerializer

    @extend_schema(
        operation_id="getMyMovieState",
        summary="What a film is to you",
        tags=["movies"],
        parameters=[path_id("movie_id", "The film's TMDB id.")],
        examples=[example(SEEN, "A film seen twice")],
    )
    def retrieve(self, request: Request, movie_id: int) -> Response:
        """A film that you have nothing to do with answers so, also where it is not held here."""
        if not 0 < movie_id <= BIGGEST_ID:
            raise NotFound
        return Response(states_of(request.user, [movie_id])[movie_id])

    @extend_schema(
        operation_id="listMyMovieStates",
        summary="What films are to you",
        tags=["users"],
        parameters=[MOVIE_IDS],
        responses=StatesSerializer,
        examples=[example({"results": [{"movie_id": 603} | SEEN]}, "One film")],
    )
    def states(self, request: Request) -> Response:
        """Of the films of a page, say, in one call."""
        states = states_of(request.user, asked(StatesQuery, request)["movie_ids"])
        return Response({"results": [{"movie_id": movie_id} | state for movie_id, state in states.items()]})
