"""What is held about the caller, to take away."""

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import exports, own
from accounts.api.examples import EXPORT, example
from accounts.api.rooms import InPersonViewSet
from accounts.models import DataExport
from accounts.serializers.exports import ExportSerializer
from web.pagination import CursorPagination

EXPORT_ID = OpenApiParameter("export_id", {"type": "integer", "minimum": 1}, OpenApiParameter.PATH)
MADE = EXPORT | {"state": "waiting", "ready_at": None, "archive": None}


class ExportViewSet(InPersonViewSet):
    serializer_class = ExportSerializer
    pagination_class = CursorPagination
    queryset = DataExport.objects.none()

    def get_queryset(self) -> QuerySet[DataExport]:
        return DataExport.objects.kept_for(self.request.user)

    @extend_schema(
        operation_id="listExports", summary="Your archives", tags=["users"], examples=[example(EXPORT, "Ready")]
    )
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="makeExport",
        summary="Ask for an archive of all that is held about you",
        tags=["users"],
        request=None,
        responses={202: ExportSerializer},
        examples=[example(MADE, "Being made", status_codes=["202"])],
    )
    def create(self, request: Request) -> Response:
        """It is made in the background, and kept for seven days. While one is being made, that one is given."""
        return Response(self.get_serializer(own.ask_for_export(request.user)).data, 202)

    @extend_schema(
        operation_id="getExport",
        summary="How far an archive is",
        tags=["users"],
        parameters=[EXPORT_ID],
        examples=[example(EXPORT, "Ready")],
    )
    def retrieve(self, request: Request, export_id: int) -> Response:
        return Response(self.get_serializer(get_object_or_404(self.get_queryset(), pk=export_id)).data)

    @extend_schema(
        operation_id="getArchive",
        summary="The archive",
        tags=["users"],
        parameters=[EXPORT_ID],
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
    )
    def archive(self, request: Request, export_id: int) -> HttpResponse:
        """A ZIP file: all of it in `data.json`, and each part as a table."""
        return exports.attached(get_object_or_404(self.get_queryset(), pk=export_id))
