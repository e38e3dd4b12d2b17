"""The caller's mailbox."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers, viewsets
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from notifications import services
from notifications.models import Notification
from notifications.serializers import NotificationSerializer, ReadSerializer, UnreadSerializer
from web.pagination import CursorPagination

COUNTED = 1_000
WORDS = {"true": True, "false": False}
LIKED = {
    "id": 81,
    "kind": "like",
    "data": {"review_id": 12, "movie_id": 949, "title": "Heat", "username": "bob"},
    "text": "bob likes your review of Heat.",
    "url": "/reviews/12",
    "created_at": "2026-11-24T19:02:11Z",
    "read_at": None,
}
NOTIFICATION_ID = OpenApiParameter(
    "notification_id", {"type": "integer", "minimum": 1}, OpenApiParameter.PATH, description="The notification's id."
)
UNREAD = OpenApiParameter(
    "unread", {"type": "boolean"}, description="`true`: only what was not read; `false`: only what was."
)


def example(body: Any, name: str) -> OpenApiExample:
    return OpenApiExample(name, body, response_only=True)


class NotificationViewSet(viewsets.GenericViewSet):
    permission_classes = [IsAuthenticated]
    filter_backends: list = []
    serializer_class = NotificationSerializer
    pagination_class = CursorPagination
    queryset = Notification.objects.none()

    def get_queryset(self) -> QuerySet[Notification]:
        return Notification.objects.addressed_to(self.request.user).select_related("sender")

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """No cache between here and the caller may keep it."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    @extend_schema(
        operation_id="listNotifications",
        summary="What you were told",
        tags=["notifications"],
        parameters=[UNREAD],
        examples=[example(LIKED, "One who likes a review")],
    )
    def list(self, request: Request) -> Response:
        """The last first."""
        rows, unread = self.get_queryset(), request.query_params.get("unread")
        if unread is not None:
            if unread not in WORDS:
                raise exceptions.ValidationError(
                    {"unread": [serializers.BooleanField.default_error_messages["invalid"]]}
                )
            rows = rows.filter(read_at__isnull=WORDS[unread])
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="countUnreadNotifications",
        summary="How much you have not read",
        tags=["notifications"],
        responses=UnreadSerializer,
        examples=[example({"count": 3}, "Three")],
    )
    def unread_count(self, request: Request) -> Response:
        return Response({"count": Notification.objects.filter(recipient=request.user).unread()[:COUNTED].count()})

    @extend_schema(
        operation_id="readNotification",
        summary="Mark a notification as read",
        tags=["notifications"],
        parameters=[NOTIFICATION_ID],
        request=None,
        examples=[example(LIKED | {"read_at": "2026-11-24T20:00:00Z"}, "Read")],
    )
    def update(self, request: Request, notification_id: int) -> Response:
        """Twice is once: `read_at` stays the first time."""
        found = get_object_or_404(self.get_queryset(), pk=notification_id)
        return Response(self.get_serializer(services.read(found)).data)

    @extend_schema(
        operation_id="readAllNotifications",
        summary="Mark all as read",
        tags=["notifications"],
        request=None,
        responses=ReadSerializer,
        examples=[example({"count": 3}, "Three were not")],
    )
    def read_all(self, request: Request) -> Response:
        return Response({"count": services.read_all(request.user)})
