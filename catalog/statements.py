"""Statements that Django writes once, to be asked again with other values: to write one costs more than to read it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql import UpdateQuery

from catalog.models.in_array import as_array


@dataclass
class Statement:
    """What `write` asks for, whatever the values in it are; of several, each is one parameter, `__in_array`."""

    write: Callable[[], QuerySet]

    @cached_property
    def sql(self) -> str:
        return self.write().query.sql_with_params()[0]

    def rows(self, *values: Any) -> list[tuple]:
        """The rows with these values, given in the order in which the statement has them."""
        given = [as_array(value, connection.vendor) if _is_array(value) else value for value in values]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, given)
            return cursor.fetchall()


@dataclass
class Update:
    """A change of one row, whichever that is: `write` gives how it is found, by a key last of all, and what is set."""

    write: Callable[[], tuple[QuerySet, dict[str, Any]]]

    @cached_property
    def _written(self) -> tuple[str, tuple]:
        rows, columns = self.write()
        query = rows.query.chain(UpdateQuery)
        query.add_update_values(columns)
        return query.get_compiler(connection=connection).as_sql()

    def of(self, key: Any) -> int:
        """How many rows that were: one, or none that has the key."""
        sql, (*values, _) = self._written
        with connection.cursor() as cursor:
            cursor.execute(sql, [*values, key])
            return cursor.rowcount


def _is_array(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
