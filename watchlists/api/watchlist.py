"""The caller's watchlist."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.examples import asked_with, example
from accounts.api.rooms import checked
from watchlists import watchlist
from watchlists.api.examples import ENTRY, RESULTS
from watchlists.api.rooms import MOVIE_ID, FilmsViewSet
from watchlists.films import current_id
from watchlists.filters import WatchlistFilter
from watchlists.models import WatchlistEntry
from watchlists.serializers.fields import ManySerializer, ResultsSerializer
from watchlists.serializers.watchlist import EntryChangesSerializer, NewEntrySerializer, WatchlistEntrySerializer

SHOWN = example(ENTRY, "A film to see")


class WatchlistViewSet(FilmsViewSet):
    """What the caller means to see."""

    queryset = WatchlistEntry.objects.none()
    serializer_class = WatchlistEntrySerializer
    filter_backends = [filters.DjangoFilterBackend]
    filterset_class = WatchlistFilter

    def get_queryset(self) -> QuerySet[WatchlistEntry]:
        return WatchlistEntry.objects.filter(user=self.request.user).order_by("-added_at", "-pk")

    @extend_schema(operation_id="listWatchlist", summary="Your watchlist", tags=["users"], examples=[SHOWN])
    def list(self, request: Request) -> Response:
        """The last added first, unless `ordering` says else; narrowed by any of the parameters together."""
        return self.page_of(self.filter_queryset(self.get_queryset()))

    @extend_schema(
        operation_id="addToWatchlist",
        summary="Put a film on your watchlist",
        tags=["users"],
        request=NewEntrySerializer,
        responses={201: WatchlistEntrySerializer, 200: WatchlistEntrySerializer},
        examples=[
            asked_with({"movie_id": 603, "priority": 2}),
            SHOWN,
            example(ENTRY, "A film to see, added now", status_codes=["201"]),
        ],
    )
    def create(self, request: Request) -> Response:
        """`201` where it is new, `200` where it is there already, which leaves it as it is. A film that is not held
        yet is fetched from TMDB; while TMDB is away it is added by its id, and its title comes later.
        """
        entry, is_new = watchlist.add(user=request.user, **checked(NewEntrySerializer, request))
        return self.one(entry, 201 if is_new else 200)

    @extend_schema(
        operation_id="changeWatchlist",
        summary="Add and remove many films",
        tags=["users"],
        request=ManySerializer,
        responses=ResultsSerializer,
        examples=[asked_with({"add": [603, 604], "remove": [605]}), example(RESULTS, "What became of each")],
    )
    def bulk(self, request: Request) -> Response:
        """Up to 500 films in one call, all of it or nothing, with a result for each."""
        results = watchlist.change_many(user=request.user, **checked(ManySerializer, request))
        return Response({"results": [result._asdict() for result in results]})

    @extend_schema(
        operation_id="getWatchlistEntry",
        summary="A film on your watchlist",
        tags=["users"],
        parameters=[MOVIE_ID],
        examples=[SHOWN],
    )
    def retrieve(self, request: Request, movie_id: int) -> Response:
        return self.one(self.get_queryset().get(movie=current_id(movie_id)))

    @extend_schema(
        operation_id="changeWatchlistEntry",
        summary="Change a film on your watchlist",
        tags=["users"],
        parameters=[MOVIE_ID],
        request=EntryChangesSerializer,
        responses=WatchlistEntrySerializer,
        examples=[asked_with({"watched": True}), example(ENTRY | {"watched": True}, "Changed")],
    )
    def partial_update(self, request: Request, movie_id: int) -> Response:
        """`watched` follows from your diary until it is set here; set to null, it follows again."""
        given = checked(EntryChangesSerializer, request)
        return self.one(watchlist.change(user=request.user, movie_id=movie_id, **given))

    @extend_schema(
        operation_id="removeFromWatchlist",
        summary="Take a film off your watchlist",
        tags=["users"],
        parameters=[MOVIE_ID],
        responses={204: OpenApiResponse(description="It is not on it, whether or not it was.")},
    )
    def destroy(self, request: Request, movie_id: int) -> Response:
        watchlist.remove(user=request.user, movie_id=movie_id)
        return Response(status=204)
