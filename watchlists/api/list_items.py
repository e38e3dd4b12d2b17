"""The films of a list."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.examples import asked_with, example
from accounts.api.rooms import checked
from watchlists import list_items
from watchlists.api.examples import ITEM, RESULTS
from watchlists.api.lists import KEY, LIST_ID, ListsViewSet
from watchlists.api.rooms import MOVIE_ID
from watchlists.models import List, ListItem
from watchlists.serializers.fields import ManySerializer, ResultsSerializer
from watchlists.serializers.lists import ItemNoteSerializer, ListItemSerializer, NewItemSerializer

SHOWN = example(ITEM, "A film in a list")


class ListItemViewSet(ListsViewSet):
    """Read by whoever sees the list, changed by its owner and the editors."""

    queryset = ListItem.objects.none()
    serializer_class = ListItemSerializer
    open_actions = ("list",)

    @extend_schema(
        operation_id="listListItems",
        summary="A list's films",
        tags=["users"],
        parameters=[LIST_ID, KEY],
        examples=[SHOWN],
    )
    def list(self, request: Request, list_id: int) -> Response:
        """In the list's order."""
        items = in_order(self.seen_list())
        page = self.paginate_queryset(items)
        before = items.filter(position__lt=page[0].position).count() if page else 0
        return self.get_paginated_response(self.shown(page, many=True, before=before))

    @extend_schema(
        operation_id="addListItem",
        summary="Put a film into a list",
        tags=["users"],
        parameters=[LIST_ID],
        request=NewItemSerializer,
        responses={201: ListItemSerializer, 200: ListItemSerializer},
        examples=[
            asked_with({"movie_id": 603, "position": 1, "note": "The first, still."}),
            SHOWN,
            example(ITEM, "A film in a list, added now", status_codes=["201"]),
        ],
    )
    def create(self, request: Request, list_id: int) -> Response:
        """As the last, unless a place is named. `200` where it is there already, which leaves it as it is. A list has
        10,000 films at the most.
        """
        made = self.edited_list()
        item, is_new = list_items.add(made, by=request.user, **checked(NewItemSerializer, request))
        return self.item(item, 201 if is_new else 200)

    @extend_schema(
        operation_id="changeListItems",
        summary="Add and remove many films of a list",
        tags=["users"],
        parameters=[LIST_ID],
        request=ManySerializer,
        responses=ResultsSerializer,
        examples=[asked_with({"add": [603, 604], "remove": [605]}), example(RESULTS, "What became of each")],
    )
    def bulk(self, request: Request, list_id: int) -> Response:
        """Up to 500 films in one call; those that are added come last, in the order given."""
        made = self.edited_list()
        results = list_items.change_many(made, by=request.user, **checked(ManySerializer, request))
        return Response({"results": [result._asdict() for result in results]})

    @extend_schema(
        operation_id="changeListItem",
        summary="Move a film in a list, or change its note",
        tags=["users"],
        parameters=[LIST_ID, MOVIE_ID],
        request=ItemNoteSerializer,
        responses=ListItemSerializer,
        examples=[asked_with({"position": 1}), SHOWN],
    )
    def partial_update(self, request: Request, list_id: int, movie_id: int) -> Response:
        """To a place counted among the others, or right after one of them."""
        made = self.edited_list()
        return self.item(list_items.change(made, movie_id=movie_id, **checked(ItemNoteSerializer, request)))

    @extend_schema(
        operation_id="removeListItem",
        summary="Take a film out of a list",
        tags=["users"],
        parameters=[LIST_ID, MOVIE_ID],
        responses={204: OpenApiResponse(description="It is not in it, whether or not it was.")},
    )
    def destroy(self, request: Request, list_id: int, movie_id: int) -> Response:
        list_items.remove(self.edited_list(), movie_id=movie_id)
        return Response(status=204)

    def item(self, item: ListItem, status: int = 200) -> Response:
        before = ListItem.objects.filter(list=item.list_id, position__lt=item.position).count()
        return self.one(item, status, before=before)


def in_order(made: List) -> QuerySet[ListItem]:
    return ListItem.objects.filter(list=made).order_by("position", "pk")
