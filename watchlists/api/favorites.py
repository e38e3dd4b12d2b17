"""The caller's favorites."""

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.examples import asked_with, example
from accounts.api.rooms import checked
from watchlists import favorites
from watchlists.api.examples import FAVORITE
from watchlists.api.rooms import MOVIE_ID, FilmsViewSet
from watchlists.models import Favorite
from watchlists.serializers.fields import MoveSerializer
from watchlists.serializers.watchlist import FavoriteSerializer, NewFavoriteSerializer

SHOWN = example(FAVORITE, "A favorite")


class FavoriteViewSet(FilmsViewSet):
    """What the caller loves."""

    queryset = Favorite.objects.none()
    serializer_class = FavoriteSerializer

    @extend_schema(operation_id="listFavorites", summary="Your favorites", tags=["users"], examples=[SHOWN])
    def list(self, request: Request) -> Response:
        """In your order; the first four are the top four of your profile."""
        return self.page_of(Favorite.objects.filter(user=request.user).in_order())

    @extend_schema(
        operation_id="addFavorite",
        summary="Put a film among your favorites",
        tags=["users"],
        request=NewFavoriteSerializer,
        responses={201: FavoriteSerializer, 200: FavoriteSerializer},
        examples=[
            asked_with({"movie_id": 603, "position": 1}),
            SHOWN,
            example(FAVORITE, "A favorite, added now", status_codes=["201"]),
        ],
    )
    def create(self, request: Request) -> Response:
        """As the last, unless a place is named. `200` where it is there already, which leaves it where it is."""
        favorite, is_new = favorites.add(user=request.user, **checked(NewFavoriteSerializer, request))
        return self.one(favorite, 201 if is_new else 200)

    @extend_schema(
        operation_id="moveFavorite",
        summary="Move a favorite",
        tags=["users"],
        parameters=[MOVIE_ID],
        request=MoveSerializer,
        responses=FavoriteSerializer,
        examples=[asked_with({"position": 1}), SHOWN],
    )
    def partial_update(self, request: Request, movie_id: int) -> Response:
        """To a place counted among the others, or right after one of them."""
        return self.one(favorites.move(user=request.user, movie_id=movie_id, **checked(MoveSerializer, request)))

    @extend_schema(
        operation_id="removeFavorite",
        summary="Take a film from your favorites",
        tags=["users"],
        parameters=[MOVIE_ID],
        responses={204: OpenApiResponse(description="It is not among them, whether or not it was.")},
    )
    def destroy(self, request: Request, movie_id: int) -> Response:
        favorites.remove(user=request.user, movie_id=movie_id)
        return Response(status=204)
