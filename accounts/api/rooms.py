"""What every room of accounts shares: it is somebody's own, never kept, and says what is wrong in the site's words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from rest_framework import exceptions, serializers, viewsets
from rest_framework.fields import get_error_detail
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.authentication import InPerson


class OwnViewSet(viewsets.GenericViewSet):
    """The caller's own things, also for an app that they gave a key to."""

    permission_classes = [IsAuthenticated]
    filter_backends: list = []

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """No cache between here and the caller may keep it."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response


class InPersonViewSet(OwnViewSet):
    """For who is signed in, not for apps that hold a key."""

    permission_classes = [InPerson]


class DoorViewSet(OwnViewSet):
    """Where one need not be known yet. Tries are limited by address; no token that is shown is looked at."""

    authentication_classes: list = []
    permission_classes: list = []
    throttle_scope = "login"
    is_door = True


def plain(request: Request) -> HttpRequest:
    """Django's own request, which the libraries for sign-in know."""
    return request._request


def checked(serializer: type[serializers.Serializer], request: Request, **options: Any) -> dict[str, Any]:
    """What the body holds, checked; a bad one is a 400 that names the field."""
    body = serializer(data=request.data, **options)
    body.is_valid(raise_exception=True)
    return body.validated_data


@contextmanager
def told(field: str | None = None) -> Iterator[None]:
    """Django's faults of validation as the API's; those of no field of their own are of `field`."""
    try:
        yield
    except ValidationError as fault:
        details = get_error_detail(fault)
        raise exceptions.ValidationError(
            {field: details} if field and isinstance(details, list) else details
        ) from fault
