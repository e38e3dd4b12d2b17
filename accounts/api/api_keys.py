"""The caller's keys for apps."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import exceptions
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import api_keys
from accounts.api.examples import API_KEY, NEW_API_KEY, asked_with, example
from accounts.api.rooms import InPersonViewSet, checked
from accounts.models import ApiKey
from accounts.serializers.api_keys import ApiKeySerializer, NewApiKeySerializer
from web.pagination import CursorPagination

KEY_ID = OpenApiParameter("key_id", {"type": "integer", "minimum": 1}, OpenApiParameter.PATH)


class ApiKeyViewSet(InPersonViewSet):
    """Keys for apps of one's own."""

    serializer_class = ApiKeySerializer
    pagination_class = CursorPagination
    queryset = ApiKey.objects.none()

    def get_queryset(self) -> QuerySet[ApiKey]:
        return ApiKey.objects.live(timezone.now()).filter(user=self.request.user).order_by("-created_at", "-id")

    @extend_schema(
        operation_id="listApiKeys", summary="Your API keys", tags=["users"], examples=[example(API_KEY, "A key")]
    )
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="makeApiKey",
        summary="Make an API key",
        tags=["users"],
        responses={201: NewApiKeySerializer},
        examples=[
            asked_with({"name": "My calendar", "scopes": ["read"]}),
            example(NEW_API_KEY, "Made", status_codes=["201"]),
        ],
    )
    def create(self, request: Request) -> Response:
        """The key is shown in this answer alone."""
        given = checked(ApiKeySerializer, request)
        given["can_write"] = "write" in given.pop("scopes")
        try:
            key, secret = api_keys.make(user=request.user, **given)
        except api_keys.TooMany as fault:
            message = _("You have {} keys, which is as many as one may have.").format(api_keys.MOST_KEYS)
            raise exceptions.ValidationError(message, "too_many") from fault
        return shown(key, secret, 201)

    @extend_schema(
        operation_id="rotateApiKey",
        summary="Replace an API key",
        tags=["users"],
        parameters=[KEY_ID],
        request=None,
        responses=NewApiKeySerializer,
        examples=[example(NEW_API_KEY | {"former_until": "2026-12-01T08:15:00Z"}, "Replaced")],
    )
    def rotate(self, request: Request, key_id: int) -> Response:
        """A new secret; the one before it goes on for seven days (`former_until`)."""
        secret = api_keys.rotate(get_object_or_404(self.get_queryset(), pk=key_id))
        return shown(self.get_queryset().get(pk=key_id), secret, 200)

    @extend_schema(
        operation_id="revokeApiKey",
        summary="Revoke an API key",
        tags=["users"],
        parameters=[KEY_ID],
        responses={204: OpenApiResponse(description="It has ended, with the secret before it.")},
    )
    def destroy(self, request: Request, key_id: int) -> Response:
        api_keys.revoke(get_object_or_404(self.get_queryset(), pk=key_id))
        return Response(status=204)


def shown(key: ApiKey, secret: str, status: int) -> Response:
    key.key = secret
    return Response(NewApiKeySerializer(key).data, status)
