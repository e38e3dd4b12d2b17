"""`filter(pk__in_array=keys)`: what `pk__in` finds, with all the keys as one parameter.

Django makes an expression of each key of `pk__in`; for the thousand people of fifty films that takes longer than the
database does.
"""

from collections.abc import Iterable
from typing import Any

import orjson
from django.db.models import Field, ForeignObject, Lookup

OF_JSON = "IN (SELECT value FROM json_each(%s))"


def as_array(keys: Iterable[Any], vendor: str) -> Any:
    """The keys as the one parameter that the database takes them in."""
    return list(keys) if vendor == "postgresql" else orjson.dumps(list(keys)).decode()


@ForeignObject.register_lookup
@Field.register_lookup
class InArray(Lookup):
    lookup_name = "in_array"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        column, given = self.process_lhs(compiler, connection)
        return f"{column} {OF_JSON}", [*given, as_array(self.rhs, "sqlite")]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        column, given = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*given, as_array(self.rhs, "postgresql")]
