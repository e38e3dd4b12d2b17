"""What every read of the catalogue shares: it is public, kept rendered, and the same for everyone."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.caching import LISTS, REFERENCE, movie_tag
from catalog.languages import ENGLISH, LanguageQuery, reader_language, written
from catalog.models import Movie
from catalog.my_services import WISH, name_my_services
from catalog.rows import rows_of
from catalog.serializers.movies import MovieRowSerializer
from web.bounded import BoundedKeys
from web.cached import CachedReads, Rule

HOUR = 3600
PAGED = ("page", "page_size")
ACCEPT_LANGUAGE = OpenApiParameter(
    "Accept-Language",
    str,
    OpenApiParameter.HEADER,
    description="The reader's languages (RFC 9110). Titles, texts and posters are given in the best of them that is "
    "held, else in English, else as they are in the original.",
)

Language = Callable[[HttpRequest], str]
Tags = Callable[[dict[str, Any]], list[str]]


class CatalogueViewSet(CachedReads, viewsets.GenericViewSet):
    """A read-only room of the catalogue, where nobody need be known."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.takes_language:
            asked(LanguageQuery, request)

    @property
    def takes_language(self) -> bool:
        """Whether `?language=` names the reader's language here."""
        rule = self.cached.get(self.action)
        return rule is not None and rule.language is reader_language

    @property
    def language(self) -> str:
        """The reader's, out of those supported."""
        rule = self.cached.get(self.action)
        return rule.language(self.request) if rule and rule.language else ENGLISH

    def get_serializer_context(self) -> dict[str, Any]:
        return super().get_serializer_context() | {"language": self.language}

    def shared_parameters(self) -> list[OpenApiParameter | type[serializers.Serializer]]:
        """What every operation takes that speaks the reader's language, for the OpenAPI document."""
        rule = self.cached.get(self.action)
        if rule is None or rule.language is None:
            return []
        return [ACCEPT_LANGUAGE, *([LanguageQuery] if self.takes_language else [])]

    def page_of(self, rows: QuerySet) -> Response:
        """The asked-for page of a queryset or list, in the lists' shape."""
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def page_of_ids(self, ids: list[int] | BoundedKeys) -> Response:
        """The asked-for page of films by their ids, in the order given."""
        page = self.paginate_queryset(ids)
        held = rows_of(page)
        rows = [held[movie_id] for movie_id in page if movie_id in held]
        shown = MovieRowSerializer(rows, many=True, context=self.get_serializer_context())
        return self.get_paginated_response(shown.data)


class MovieRowsViewSet(CatalogueViewSet):
    """Shows films in rows."""

    queryset = Movie.objects.none()
    serializer_class = MovieRowSerializer

    def page_of(self, rows: QuerySet[Movie]) -> Response:
        """However many films come before the page, only its own rows are read: the ids are found in indexes."""
        return self.page_of_ids(BoundedKeys(rows))


def asked(serializer: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    """The query parameters that the serializer declares, checked; a bad one is a 400 that names it."""
    return _reader(serializer).run_validation(request.query_params.dict())


@cache
def _reader(serializer: type[serializers.Serializer]) -> serializers.Serializer:
    """One for all requests, since it keeps nothing of any: to copy its fields each time cost as much as a look-up."""
    return serializer()


def path_id(name: str, description: str) -> OpenApiParameter:
    """The id in the path, described for the OpenAPI document."""
    return OpenApiParameter(name, {"type": "integer", "minimum": 1}, OpenApiParameter.PATH, description=description)


def kept_list(seconds: int = HOUR, *params: str, language: Language | None = reader_language) -> Rule:
    """A list of films; where `?language=` means something else there, `accepted_language` is the reader's."""
    rule = _spoken(seconds, params, language, lambda kwargs: [LISTS])
    return replace(rule, wish=WISH, made_own=name_my_services) if WISH in params else rule


def kept_reference(*params: str) -> Rule:
    return Rule(24 * HOUR, params, tags=lambda kwargs: [REFERENCE])


def kept_movie(*params: str, language: Language | None = None) -> Rule:
    return _spoken(24 * HOUR, params, language, lambda kwargs: [movie_tag(kwargs["movie_id"])])


def _spoken(seconds: int, params: tuple[str, ...], language: Language | None, tags: Tags) -> Rule:
    """A rule whose bodies are in the reader's language; `fr-FR` and `fr` share one."""
    if language is reader_language:
        return Rule(seconds, (*params, "language"), tags, {"language": written}, language)
    return Rule(seconds, params, tags, language=language)
