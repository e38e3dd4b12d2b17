"""What those whom the caller follows did."""

from typing import Any

from django.core.signing import BadSignature
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from accounts.api.rooms import OwnViewSet
from activity.api.examples import RATED, REVIEWED
from activity.feed import read_feed
from activity.serializers.feed import FeedItemSerializer
from catalog.api.examples import example
from catalog.api.reads import ACCEPT_LANGUAGE
from catalog.languages import accepted_language
from web.pagination import CursorPagination, whole_number


class FeedPagination(CursorPagination):
    """As other lists by cursor, but only forward: what is before a page has changed since."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list:
        self.request = request
        size = whole_number(request, "page_size", self.page_size, self.max_page_size)
        try:
            self.page = read_feed(request.user, request.query_params.get("cursor", ""), size)
        except BadSignature as fault:
            raise ValidationError({"cursor": ["This cursor was not given out for this list."]}) from fault
        return self.page.items

    def _link(self, *, is_backward: bool) -> str | None:
        if is_backward or self.page.next is None:
            return None
        return replace_query_param(self.request.build_absolute_uri(), "cursor", self.page.next)


class FeedViewSet(OwnViewSet):
    serializer_class = FeedItemSerializer
    pagination_class = FeedPagination

    def get_serializer_context(self) -> dict[str, Any]:
        return super().get_serializer_context() | {"language": accepted_language(self.request)}

    def shared_parameters(self) -> list[OpenApiParameter]:
        return [ACCEPT_LANGUAGE]

    @extend_schema(
        operation_id="listFeed",
        summary="What those you follow did",
        tags=["users"],
        responses=FeedItemSerializer(many=True),
        examples=[example(RATED, "Twelve films rated"), example(REVIEWED, "A review")],
    )
    def list(self, request: Request) -> Response:
        """Ratings, reviews, viewings, favorites, lists and follows, the last first; what a member did of one kind
        within some hours is one item. Nothing is told that you may not see now, nor of whom you mute.

        The pages that follow the first one leave out what was done since; begin anew without a cursor to see it.
        `previous` is always null.
        """
        items = self.paginate_queryset(())
        return self.get_paginated_response(self.get_serializer(items, many=True).data)
