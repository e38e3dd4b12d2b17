"""Lists of films: the caller's own, those shared with them, and any that they may see."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import exceptions
from rest_framework.permissions import SAFE_METHODS, AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.examples import asked_with, example
from accounts.api.rooms import checked
from catalog.api.reads import path_id
from watchlists import lists
from watchlists.api.examples import LIST, LIST_WITH_PROGRESS
from watchlists.api.rooms import FilmsViewSet
from watchlists.models import Collaborator, List
from watchlists.serializers.lists import (
    CloneSerializer,
    ListChangesSerializer,
    ListSerializer,
    ListWordsSerializer,
    WholeListSerializer,
)
from web.text_schema import WRITTEN

LIST_ID = path_id("list_id", "The list.")
KEY = OpenApiParameter(
    "key",
    {"type": "string", "maxLength": 43, "pattern": WRITTEN},
    description="What opens a list that is read by link.",
)
SHOWN = example(LIST, "A list")
WHOLE = example(LIST_WITH_PROGRESS, "A list of which you have seen 61 films of 100")


class ListsViewSet(FilmsViewSet):
    """What a call about one list needs: the list, where the caller may see it, and may do to it what they ask."""

    queryset = List.objects.none()
    serializer_class = ListSerializer

    def get_permissions(self) -> list[BasePermission]:
        """What is open to everyone can be read by everyone."""
        return [AllowAny()] if self.action in self.open_actions else [IsAuthenticated()]

    open_actions: tuple[str, ...] = ()

    def seen_list(self) -> List:
        """Also by the key of a link, where the call only reads."""
        viewer, list_id = self.request.user, self.kwargs["list_id"]
        found = List.objects.visible_to(viewer).select_related("owner").filter(pk=list_id).first()
        key = self.request.query_params.get("key", "")
        if found is None and key and self.request.method in SAFE_METHODS:
            found = List.objects.opened_by(key, viewer).select_related("owner").filter(pk=list_id).first()
        if found is None:
            raise exceptions.NotFound
        return found

    def own_list(self) -> List:
        """What others may see of the caller's, but not change, is a 403."""
        found = self.seen_list()
        if found.owner_id != self.request.user.pk:
            raise exceptions.PermissionDenied
        return found

    def edited_list(self) -> List:
        found = self.seen_list()
        if not List.objects.editable_by(self.request.user).filter(pk=found.pk).exists():
            raise exceptions.PermissionDenied
        return found

    def shares_of(self, rows: list[List]) -> dict[int, Collaborator]:
        """What the caller is to those of the lists that are others'."""
        viewer = self.request.user.pk
        if viewer is None:
            return {}
        shares = Collaborator.objects.filter(member=viewer, list__in=[row.pk for row in rows])
        return {share.list_id: share for share in shares}

    def page_of_lists(self, rows: QuerySet[List]) -> Response:
        page = self.paginate_queryset(rows.select_related("owner"))
        return self.get_paginated_response(self.shown(page, ListSerializer, many=True, shares=self.shares_of(page)))

    def whole(self, made: List, status: int = 200) -> Response:
        return Response(self.shown(made, WholeListSerializer, shares=self.shares_of([made])), status)


class ListViewSet(ListsViewSet):
    open_actions = ("retrieve",)

    @extend_schema(operation_id="listLists", summary="Your lists", tags=["users"], examples=[SHOWN])
    def list(self, request: Request) -> Response:
        """Your own, the last changed first."""
        return self.page_of_lists(List.objects.filter(owner=request.user).order_by("-updated_at", "-pk"))

    @extend_schema(
        operation_id="listSharedLists",
        summary="Lists shared with you",
        tags=["users"],
        responses=ListSerializer(many=True),
        examples=[SHOWN],
    )
    def shared(self, request: Request) -> Response:
        """Others' in which you share, or are asked to, the last changed first."""
        return self.page_of_lists(List.objects.shared_with(request.user).order_by("-updated_at", "-pk"))

    @extend_schema(
        operation_id="makeList",
        summary="Make a list",
        tags=["users"],
        request=ListWordsSerializer,
        responses={201: WholeListSerializer},
        examples=[
            asked_with({"name": "Machines that dream", "visibility": "link"}),
            example(LIST_WITH_PROGRESS, "Made", status_codes=["201"]),
        ],
    )
    def create(self, request: Request) -> Response:
        """Public unless another `visibility` is said."""
        return self.whole(lists.make(owner=request.user, **checked(ListWordsSerializer, request)), 201)

    @extend_schema(
        operation_id="getList",
        summary="A list",
        tags=["users"],
        parameters=[LIST_ID, KEY],
        responses=WholeListSerializer,
        examples=[WHOLE],
    )
    def retrieve(self, request: Request, list_id: int) -> Response:
        """Also another's that you may see, or whose key you were given; its films are at `…/items`."""
        return self.whole(self.seen_list())

    @extend_schema(
        operation_id="changeList",
        summary="Change a list",
        tags=["users"],
        parameters=[LIST_ID],
        request=ListChangesSerializer,
        responses=WholeListSerializer,
        examples=[asked_with({"ranked": True}), WHOLE],
    )
    def partial_update(self, request: Request, list_id: int) -> Response:
        """Its owner's to do; `403` to others who see it."""
        return self.whole(lists.change(self.own_list(), **checked(ListChangesSerializer, request)))

    @extend_schema(
        operation_id="deleteList",
        summary="Delete a list",
        tags=["users"],
        parameters=[LIST_ID],
        responses={204: OpenApiResponse(description="It is gone. Clones of it stay.")},
    )
    def destroy(self, request: Request, list_id: int) -> Response:
        lists.erase(self.own_list())
        return Response(status=204)

    @extend_schema(
        operation_id="cloneList",
        summary="Clone a list",
        tags=["users"],
        parameters=[LIST_ID],
        request=CloneSerializer,
        responses={201: WholeListSerializer},
        examples=[
            asked_with({"name": "Machines that dream, mine"}),
            example(LIST_WITH_PROGRESS | {"cloned_from": 3}, "Cloned", status_codes=["201"]),
        ],
    )
    def clone(self, request: Request, list_id: int) -> Response:
        """A list of your own with the same films in the same order; private unless another `visibility` is said."""
        return self.whole(lists.clone(self.seen_list(), owner=request.user, **checked(CloneSerializer, request)), 201)

    @extend_schema(
        operation_id="renewListKey",
        summary="Replace a list's key",
        tags=["users"],
        parameters=[LIST_ID],
        request=None,
        responses=WholeListSerializer,
        examples=[WHOLE],
    )
    def renew_key(self, request: Request, list_id: int) -> Response:
        """The key that was given out before opens it no more."""
        made = self.own_list()
        lists.renew_link(made)
        return self.whole(self.seen_list())
