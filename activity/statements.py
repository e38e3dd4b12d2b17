"""Statements that Django writes once, of querysets in which something is left to be told each time.

To write one that asks for what a viewer may see takes Django longer than the database needs to answer it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Expression, Field, Func, Model, QuerySet


class Given(Expression):
    """A value that is told when the statement is run, under this name."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        return "%s", [self]


class Among(Func):
    """That a key is one of those given. Of one type with the column, PostgreSQL looks it up by its hash."""

    output_field = BooleanField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **options: Any) -> tuple[str, Any]:
        return self._written(compiler, "{} IN (SELECT value FROM json_each({}))")

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> tuple[str, Any]:
        return self._written(compiler, "{} = ANY({}::bigint[])")

    def _written(self, compiler: Any, template: str) -> tuple[str, list]:
        (key, values), (keys, more) = map(compiler.compile, self.source_expressions)
        return template.format(key, keys), [*values, *more]


class Somebody(AnonymousUser):
    """A viewer of whom it is told when the statement is run who they are, under the name `viewer`."""

    pk = Given("viewer", BigIntegerField())


class Statement(NamedTuple):
    sql: str
    values: list[Any]

    def run(self, **given: int | datetime | list[int]) -> list[tuple]:
        """The rows, by what is given for each name."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self._filled(given))
            return cursor.fetchall()

    def by_key(self, model: type[Model], **given: int | list[int]) -> dict[int, Any]:
        """The rows as models, by their keys."""
        return {row.pk: row for row in model.objects.raw(self.sql, self._filled(given))}

    def _filled(self, given: dict[str, Any]) -> list[Any]:
        told = {name: adapted(value) for name, value in given.items()}
        return [told[one.name] if isinstance(one, Given) else one for one in self.values]


def written(rows: QuerySet, around: str = "{}", values: Iterable[Any] = ()) -> Statement:
    """The statement of the queryset, put into another one's place where `around` says so."""
    sql, own = rows.query.get_compiler(connection=connection).as_sql()
    return Statement(around.format(sql), [*own, *values])


def adapted(value: Any) -> Any:
    """As the database takes it; of a thousand ids one text is made much sooner than an array."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if not isinstance(value, list):
        return value
    text = orjson.dumps(value).decode()
    return text if connection.vendor == "sqlite" else "{" + text[1:-1] + "}"
