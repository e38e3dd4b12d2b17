"""Pages of long lists that turn by a cursor: see `web.keyset`."""

from typing import Any, NamedTuple

from django.core.exceptions import BadRequest
from django.core.signing import BadSignature
from django.db.models import QuerySet
from django.http import HttpRequest

from web.keyset import Keyset, Position


class CursorPage(NamedTuple):
    """Rows in the order of their list, and the cursors of the pages behind and before; None where there is none."""

    rows: list[Any]
    further: str | None
    back: str | None


def cursor_page(request: HttpRequest, queryset: QuerySet, size: int) -> CursorPage:
    """The page that `?cursor=` names, else the first. Raises `BadRequest` for a cursor that was not given here."""
    keyset = Keyset(queryset)
    position = _position(keyset, request.GET.get("cursor"))
    rows = keyset.page(position, size + 1)
    has_more, rows = len(rows) > size, rows[:size]
    is_backward = position is not None and position.is_backward
    if is_backward:
        rows.reverse()
    has_further = is_backward or has_more
    has_back = has_more if is_backward else position is not None
    return CursorPage(
        rows,
        keyset.cursor(rows[-1]) if rows and has_further else None,
        keyset.cursor(rows[0], is_backward=True) if rows and has_back else None,
    )


def _position(keyset: Keyset, cursor: str | None) -> Position | None:
    if not cursor:
        return None
    try:
        return keyset.position(cursor)
    except BadSignature as fault:
        raise BadRequest from fault
