"""Lists in pages: by number, counted up to a cap, or by cursor, where page 500 costs what page 1 costs."""

from functools import cached_property
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.core.signing import BadSignature
from django.db.models import QuerySet
from rest_framework import pagination
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from web.bounded import BoundedKeys
from web.keyset import Keyset, Position

COUNT_CAP = 10_000
MAX_PAGE_SIZE = 100
BEYOND_CAP = f"Only the first {COUNT_CAP:,} results can be paged through; narrow the list with its filters."


def whole_number(request: Request, name: str, default: int, most: int) -> int:
    """The query parameter `name` as 1..`most` in plain digits, or a 400 that names it."""
    text = request.query_params.get(name)
    if text is None:
        return default
    value = int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0
    if not 1 <= value <= most:
        raise ValidationError({name: [f"Must be a whole number from 1 to {most:,}."]})
    return value


def link_schema(example: str) -> dict[str, Any]:
    return {"type": ["string", "null"], "format": "uri", "example": example}  # as OpenAPI 3.1 has it


def page_size_parameter(default: int) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": default}
    description = "How many results a page holds."
    return {"name": "page_size", "required": False, "in": "query", "description": description, "schema": schema}


class CappedPaginator(Paginator):
    """Counts through a subquery of at most `COUNT_CAP` rows, so that a list of millions costs no more than that."""

    @cached_property
    def count(self) -> int:
        if isinstance(self.object_list, QuerySet):
            return self.object_list.order_by().values("pk")[:COUNT_CAP].count()
        return min(len(self.object_list), COUNT_CAP)

    def page(self, number: int) -> Page:
        """Of `BoundedKeys`, the page and the count come together."""
        if not isinstance(self.object_list, BoundedKeys):
            return super().page(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, COUNT_CAP)
        keys, self.count = self.object_list.between(first, last, COUNT_CAP)
        if not keys and number > 1:
            raise EmptyPage(self.error_messages["no_results"])
        return self._get_page(keys, number, self)


class PageNumberPagination(pagination.PageNumberPagination):
    """`?page=` and `?page_size=`; `count` is exact up to `COUNT_CAP`, and pages reach as far."""

    page_size = 20
    max_page_size = MAX_PAGE_SIZE
    page_size_query_param = "page_size"
    last_page_strings = ()
    template = None
    django_paginator_class = CappedPaginator
    invalid_page_message = "There is no such page."

    def get_page_size(self, request: Request) -> int:
        return whole_number(request, "page_size", self.page_size, self.max_page_size)

    def get_page_number(self, request: Request, paginator: Paginator) -> int:
        number = whole_number(request, "page", 1, 10**9)
        if (number - 1) * paginator.per_page >= COUNT_CAP:
            raise NotFound(BEYOND_CAP)
        return number

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {
                "count": self.page.paginator.count,
                "next": self.get_next_link(),
                "previous": self.get_previous_link(),
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict) -> dict:
        count = {"type": "integer", "description": f"Exact up to {COUNT_CAP:,}, where counting stops.", "example": 123}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": count,
                "next": link_schema("https://movies.example.org/api/v1/movies?page=4"),
                "previous": link_schema("https://movies.example.org/api/v1/movies?page=2"),
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict]:
        page = {
            "name": "page",
            "required": False,
            "in": "query",
            "description": f"Which page of the list. {BEYOND_CAP}",
            "schema": {"type": "integer", "minimum": 1, "maximum": COUNT_CAP, "default": 1},
        }
        return [page, page_size_parameter(self.page_size)]


class CursorPagination(pagination.BasePagination):
    """`?cursor=` and `?page_size=` over the queryset's own order (fields that are not null, all in one direction).

    Not DRF's, which skips rows one by one among equal values; see `web.keyset`.
    """

    page_size = 20
    max_page_size = MAX_PAGE_SIZE

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list:
        self.request = request
        self.keyset = Keyset(queryset)
        size = whole_number(request, "page_size", self.page_size, self.max_page_size)
        position = self._position(request)
        rows = self.keyset.page(position, size + 1)
        is_backward = position is not None and position.is_backward
        has_more, self.rows = len(rows) > size, rows[:size]
        if is_backward:
            self.rows.reverse()
        self.has_next = is_backward or has_more
        self.has_previous = has_more if is_backward else position is not None
        return self.rows

    def _position(self, request: Request) -> Position | None:
        cursor = request.query_params.get("cursor")
        if not cursor:
            return None
        try:
            return self.keyset.position(cursor)
        except BadSignature as fault:
            raise ValidationError({"cursor": ["This cursor was not given out for this list."]}) from fault

    def _link(self, *, is_backward: bool) -> str | None:
        if not (self.has_previous if is_backward else self.has_next):
            return None
        url = self.request.build_absolute_uri()
        if not self.rows:  # a page emptied since its link was given: only the beginning is certain to be there
            return remove_query_param(url, "cursor")
        row = self.rows[0 if is_backward else -1]
        return replace_query_param(url, "cursor", self.keyset.cursor(row, is_backward=is_backward))

    def get_paginated_response(self, data: Any) -> Response:
        links = {"next": self._link(is_backward=False), "previous": self._link(is_backward=True)}
        return Response({**links, "results": data})

    def get_paginated_response_schema(self, schema: dict) -> dict:
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": link_schema("https://movies.example.org/api/v1/notifications?cursor=WzAsIj"),
                "previous": link_schema("https://movies.example.org/api/v1/notifications?cursor=WzEsIj"),
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict]:
        description = "Where the page begins: take it from `next` or `previous`."
        schema = {"type": "string", "pattern": r"^[A-Za-z0-9_.:-]*$"}
        cursor = {"name": "cursor", "required": False, "in": "query", "description": description, "schema": schema}
        return [cursor, page_size_parameter(self.page_size)]
