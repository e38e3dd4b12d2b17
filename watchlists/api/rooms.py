"""What every room of the library shares: films in the reader's language, and faults in the API's words."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions
from rest_framework.exceptions import ErrorDetail
from rest_framework.fields import get_error_detail
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from accounts.api.rooms import OwnViewSet
from catalog.api.reads import ACCEPT_LANGUAGE, path_id
from catalog.languages import accepted_language
from watchlists.films import NoSuchFilm
from web.pagination import CursorPagination

MOVIE_ID = path_id("movie_id", "The film's TMDB id.")
BIGGEST = 2**63 - 1
NO_SUCH_FILM = {"movie_id": [ErrorDetail("There is no such film.", "no_such_film")]}


class FilmsViewSet(OwnViewSet):
    """A room of rows about films."""

    pagination_class = CursorPagination
    seen_serializer: type[Serializer]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """A number that no database would take for an id is of nothing."""
        super().initial(request, *args, **kwargs)
        if any(isinstance(value, int) and value > BIGGEST for value in self.kwargs.values()):
            raise exceptions.NotFound

    def handle_exception(self, exc: Exception) -> Response:
        """What the work refuses, as the API's own faults."""
        if isinstance(exc, ObjectDoesNotExist):
            exc = exceptions.NotFound()
        elif isinstance(exc, NoSuchFilm):
            exc = exceptions.ValidationError(NO_SUCH_FILM)
        elif isinstance(exc, ValidationError):
            exc = exceptions.ValidationError(get_error_detail(exc))
        return super().handle_exception(exc)

    def get_serializer_context(self) -> dict[str, Any]:
        return super().get_serializer_context() | {"language": accepted_language(self.request)}

    def shared_parameters(self) -> list[OpenApiParameter]:
        return [ACCEPT_LANGUAGE]

    def page_of(self, rows: QuerySet, serializer: type[Serializer] | None = None, **context: Any) -> Response:
        """The asked-for page of the rows."""
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.shown(page, serializer, many=True, **context))

    def one(self, row: Any, status: int = 200, **context: Any) -> Response:
        return Response(self.shown(row, **context), status)

    def shown(
        self, rows: Any, serializer: type[Serializer] | None = None, *, many: bool = False, **context: Any
    ) -> Any:
        serializer = serializer or self.get_serializer_class()
        return serializer(rows, many=many, context=self.get_serializer_context() | context).data
