from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Lower
from django.db.models.sql.compiler import SQLCompiler


class Folded(Lower):
    """In small letters, ordered by code points on both databases, so that one index finds what begins with a prefix.

    Which letters beside ASCII's are made small differs: SQLite makes none.
    """

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, list[Any]]:
        return super().as_sql(compiler, connection, template='LOWER(%(expressions)s) COLLATE "C"', **context)
