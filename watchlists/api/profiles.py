"""The libraries of members, as others see them."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.examples import example
from accounts.api.people import USERNAME
from accounts.models import User
from accounts.models.visibility import visible
from watchlists.api.examples import FAVORITE, LIST, SEEN_ENTRY, SEEN_VIEWING
from watchlists.api.lists import ListsViewSet
from watchlists.api.rooms import FilmsViewSet
from watchlists.filters import HistoryFilter, WatchlistFilter
from watchlists.models import Favorite, List, Viewing, WatchlistEntry
from watchlists.serializers.history import SeenViewingSerializer
from watchlists.serializers.lists import ListSerializer
from watchlists.serializers.watchlist import FavoriteSerializer, SeenEntrySerializer


class MemberFilmsViewSet(FilmsViewSet):
    """A part of a member's library. Where they do not show it to the caller, all of it is a 404."""

    permission_classes = [AllowAny]
    shown_by = ""

    def owner(self) -> User:
        privacy = [self.shown_by] if self.shown_by else []
        shown = User.objects.filter(visible(self.request.user, "", *privacy))
        return get_object_or_404(shown.named(self.kwargs["username"]))


class MemberWatchlistViewSet(MemberFilmsViewSet):
    queryset = WatchlistEntry.objects.none()
    serializer_class = SeenEntrySerializer
    filter_backends = [filters.DjangoFilterBackend]
    filterset_class = WatchlistFilter
    shown_by = "watchlist_privacy"

    @extend_schema(
        operation_id="listMemberWatchlist",
        summary="A member's watchlist",
        tags=["profiles"],
        parameters=[USERNAME],
        examples=[example(SEEN_ENTRY, "A film to see")],
    )
    def list(self, request: Request, username: str) -> Response:
        """As `GET /users/watchlist`, without what is for the member alone. `on_my_services` is about yours."""
        entries = WatchlistEntry.objects.filter(user=self.owner()).order_by("-added_at", "-pk")
        return self.page_of(self.filter_queryset(entries))


class MemberFavoritesViewSet(MemberFilmsViewSet):
    queryset = Favorite.objects.none()
    serializer_class = FavoriteSerializer
    shown_by = "favorites_privacy"

    @extend_schema(
        operation_id="listMemberFavorites",
        summary="A member's favorites",
        tags=["profiles"],
        parameters=[USERNAME],
        examples=[example(FAVORITE, "A favorite")],
    )
    def list(self, request: Request, username: str) -> Response:
        """In the member's order; the first four are their top four."""
        return self.page_of(Favorite.objects.filter(user=self.owner()).in_order())


class MemberHistoryViewSet(MemberFilmsViewSet):
    queryset = Viewing.objects.none()
    serializer_class = SeenViewingSerializer
    filter_backends = [filters.DjangoFilterBackend]
    filterset_class = HistoryFilter
    shown_by = "history_privacy"

    @extend_schema(
        operation_id="listMemberHistory",
        summary="A member's diary",
        tags=["profiles"],
        parameters=[USERNAME],
        examples=[example(SEEN_VIEWING, "A viewing")],
    )
    def list(self, request: Request, username: str) -> Response:
        """As `GET /users/history`, without what is for the member alone."""
        return self.page_of(self.filter_queryset(Viewing.objects.filter(user=self.owner()).latest_first()))


class MemberListsViewSet(MemberFilmsViewSet, ListsViewSet):
    queryset = List.objects.none()
    serializer_class = ListSerializer
    open_actions = ("list",)

    @extend_schema(
        operation_id="listMemberLists",
        summary="A member's lists",
        tags=["profiles"],
        parameters=[USERNAME],
        examples=[example(LIST | {"role": None, "key": None, "visibility": "public"}, "A list")],
    )
    def list(self, request: Request, username: str) -> Response:
        """Those of the member's own that you may see, the last changed first; read by link is none of them."""
        return self.page_of_lists(self.lists())

    def lists(self) -> QuerySet[List]:
        own = List.objects.filter(owner=self.owner())
        return own.visible_to(self.request.user).order_by("-updated_at", "-pk")
