"""What every room of reviews shares: anyone reads what is open to them, members write, and faults have their words."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import exceptions
from rest_framework.fields import get_error_detail
from rest_framework.permissions import IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.response import Response

from accounts.api.rooms import OwnViewSet
from accounts.suspension import MayPublish
from catalog.api.reads import ACCEPT_LANGUAGE
from catalog.languages import accepted_language
from catalog.tmdb.errors import TMDBNotFound, TMDBUnavailable
from reviews.faults import AlreadyReviewed, Decided, Suspended
from web.errors import Conflict, Unavailable
from web.openapi import ClientErrorSerializer
from web.pagination import CursorPagination

FAULTS = {
    Suspended: lambda: exceptions.PermissionDenied("You may not write here for a while.", MayPublish.code),
    AlreadyReviewed: lambda: Conflict("You have reviewed this film already; change that review.", "already_reviewed"),
    Decided: lambda: Conflict("A moderator has decided on this text.", "decided"),
    TMDBNotFound: exceptions.NotFound,
    TMDBUnavailable: lambda: Unavailable("This film is not held yet, and TMDB does not answer."),
    ObjectDoesNotExist: exceptions.NotFound,
}


def conflict(code: str, detail: str) -> OpenApiResponse:
    """The document's entry for a 409."""
    body = {"type": "client_error", "errors": [{"code": code, "detail": detail, "attr": None}]}
    shown = OpenApiExample(code, body, response_only=True, status_codes=["409"])
    return OpenApiResponse(ClientErrorSerializer, "It contradicts what is there already.", [shown])


ALREADY_REVIEWED = conflict("already_reviewed", "You have reviewed this film already; change that review.")
DECIDED = conflict("decided", "A moderator has decided on this text.")


class ReviewsViewSet(OwnViewSet):
    pagination_class = CursorPagination
    # What one may do also while one is suspended: to take away what is one's own.
    taking_away: frozenset[str] = frozenset({"destroy"})

    def get_permissions(self) -> list:
        known = [IsAuthenticatedOrReadOnly()]
        return known if self.action in self.taking_away else [*known, MayPublish()]

    def handle_exception(self, exc: Exception) -> Response:
        """What the work refuses, as the API's own faults."""
        if isinstance(exc, ValidationError):
            exc = exceptions.ValidationError(get_error_detail(exc))
        else:
            exc = next((told() for kind, told in FAULTS.items() if isinstance(exc, kind)), exc)
        return super().handle_exception(exc)

    def get_serializer_context(self) -> dict[str, Any]:
        return super().get_serializer_context() | {"language": accepted_language(self.request)}

    def page_of(self, rows: QuerySet) -> Response:
        """The asked-for page of the rows."""
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def one(self, row: Any, status: int = 200) -> Response:
        """As a list of one, which puts the film into the reader's language."""
        (body,) = self.get_serializer([row], many=True).data
        return Response(body, status)


class FilmsViewSet(ReviewsViewSet):
    """Bodies name a film, in the reader's language."""

    names_films = True

    def shared_parameters(self) -> list[OpenApiParameter]:
        return [ACCEPT_LANGUAGE] if self.names_films else []


class OwnFilmsViewSet(FilmsViewSet):
    """The caller's own."""

    def get_permissions(self) -> list:
        return [IsAuthenticated()]


def only_by_its_author(text: Any, user: Any) -> None:
    """Raises a 403: what one sees, another's, one may not change."""
    if text.author_id != user.pk:
        raise exceptions.PermissionDenied("Only its author may do this.", "not_yours")
