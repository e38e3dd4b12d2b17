"""What every read of the catalogue shares: it is public, kept rendered, and the same for everyone."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.caching import LISTS, REFERENCE, movie_tag
from catalog.models import Movie
from catalog.serializers.movies import ROW_COLUMNS, MovieRowSerializer
from web.cached import CachedReads, Rule

HOUR = 3600
PAGED = ("page", "page_size")


class CatalogueViewSet(CachedReads, viewsets.GenericViewSet):
    """A read-only room of the catalogue, where nobody need be known."""

    authentication_classes: list = []

    def page_of(self, rows: QuerySet) -> Response:
        """The asked-for page of a queryset or list, in the lists' shape."""
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class MovieRowsViewSet(CatalogueViewSet):
    """Shows films in rows."""

    queryset = Movie.objects.none()
    serializer_class = MovieRowSerializer

    def page_of(self, rows: QuerySet[Movie]) -> Response:
        return super().page_of(rows.values(*ROW_COLUMNS))


def asked(serializer: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    """The query parameters that the serializer declares, checked; a bad one is a 400 that names it."""
    query = serializer(data=request.query_params.dict())
    query.is_valid(raise_exception=True)
    return query.validated_data


def path_id(name: str, description: str) -> OpenApiParameter:
    """The id in the path, described for the OpenAPI document."""
    return OpenApiParameter(name, {"type": "integer", "minimum": 1}, OpenApiParameter.PATH, description=description)


def kept_list(seconds: int = HOUR, *params: str) -> Rule:
    return Rule(seconds, params, tags=lambda kwargs: [LISTS])


def kept_reference(*params: str) -> Rule:
    return Rule(24 * HOUR, params, tags=lambda kwargs: [REFERENCE])


def kept_movie(*params: str) -> Rule:
    return Rule(24 * HOUR, params, tags=lambda kwargs: [movie_tag(kwargs["movie_id"])])
