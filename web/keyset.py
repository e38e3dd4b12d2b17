"""Paging by the last row seen: one comparison of (ordering fields, pk) that an index answers, however deep the page."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core import signing
from django.core.exceptions import ImproperlyConfigured
from django.db.models import BooleanField, F, Field, Func, QuerySet, Value
from django.db.models.constants import LOOKUP_SEP
from django.db.models.lookups import GreaterThan, LessThan


class Row(Func):
    """A row value, `(a, b)`: PostgreSQL and SQLite compare two of them from left to right, and use the index for it."""

    template = "(%(expressions)s)"
    output_field = BooleanField()  # asked for by Django; rows are compared and never selected


@dataclass(frozen=True)
class Position:
    """Where a page begins: beyond the row with these values, going forward or back."""

    values: list[Any]
    is_backward: bool = False


class Keyset:
    """The total order of a queryset: its own ordering, all in one direction, then the primary key to break ties.

    The fields must not be null (a comparison with null is never true): order by a `Coalesce` annotation instead.
    """

    def __init__(self, queryset: QuerySet) -> None:
        meta = queryset.model._meta
        ordering = list(queryset.query.order_by or meta.ordering or ["pk"])
        if not all(isinstance(name, str) for name in ordering) or len({name[0] == "-" for name in ordering}) > 1:
            raise ImproperlyConfigured(f"Cursor paging needs names in one direction, not {ordering}.")
        names = [name.lstrip("-") for name in ordering]
        self.queryset = queryset
        self.is_descending = ordering[0].startswith("-")
        self.names = [name for name in names if name not in {"pk", meta.pk.name}] + ["pk"]
        # without the time: the same page has the same links, and so the same ETag
        self.signer = signing.Signer(salt=f"cursor:{meta.label}:{self.is_descending}:{','.join(self.names)}")

    @cached_property
    def fields(self) -> list[Field]:
        return [F(name).resolve_expression(self.queryset.query.clone()).output_field for name in self.names]

    def page(self, position: Position | None, size: int) -> list:
        """At most `size` rows beyond `position`: after it in the queryset's order, or before it, nearest first."""
        is_descending = self.is_descending is not (position is not None and position.is_backward)
        rows = self.queryset.order_by(*(f"-{name}" if is_descending else name for name in self.names))
        if position is not None:
            comparison = LessThan if is_descending else GreaterThan
            bounds = map(Value, position.values, self.fields)
            rows = rows.filter(comparison(Row(*map(F, self.names)), Row(*bounds)))
        return list(rows[:size])

    def cursor(self, row: Any, *, is_backward: bool = False) -> str:
        """The place just beyond `row`, signed, so that what comes back is what was given."""
        return self.signer.sign_object([int(is_backward), *(_text(row, name) for name in self.names)])

    def position(self, cursor: str) -> Position:
        """The place that `cursor` names. Raises `signing.BadSignature` unless it was given for this very order."""
        is_backward, *texts = self.signer.unsign_object(cursor)
        values = [field.to_python(text) for field, text in zip(self.fields, texts, strict=True)]
        return Position(values, bool(is_backward))


def _text(row: Any, name: str) -> str:
    value = row[name] if isinstance(row, dict) else row
    if not isinstance(row, dict):
        for part in name.split(LOOKUP_SEP):
            value = getattr(value, part)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
