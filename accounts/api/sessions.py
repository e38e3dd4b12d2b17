"""Where the caller is signed in."""

import uuid

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import sessions
from accounts.api.examples import SESSION, example
from accounts.api.rooms import InPersonViewSet
from accounts.models import Session
from accounts.serializers.signing_in import SessionSerializer
from web.pagination import CursorPagination


class SessionViewSet(InPersonViewSet):
    """Where one is signed in."""

    serializer_class = SessionSerializer
    pagination_class = CursorPagination
    queryset = Session.objects.none()

    def get_queryset(self) -> QuerySet[Session]:
        return Session.objects.live(timezone.now()).filter(user=self.request.user).order_by("-created_at", "-id")

    @extend_schema(
        operation_id="listSessions",
        summary="Where you are signed in",
        tags=["auth"],
        examples=[example(SESSION, "A telephone")],
    )
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="endSession",
        summary="Sign out there",
        tags=["auth"],
        parameters=[OpenApiParameter("session_id", {"type": "string", "format": "uuid"}, OpenApiParameter.PATH)],
        responses={204: OpenApiResponse(description="It has ended.")},
    )
    def destroy(self, request: Request, session_id: uuid.UUID) -> Response:
        sessions.end([get_object_or_404(self.get_queryset(), pk=session_id)])
        return Response(status=204)
