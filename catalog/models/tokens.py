"""The column that search looks into, as each of the two databases keeps it."""

from collections.abc import Iterable
from typing import Any

from django.db import models


class TokensField(models.TextField):
    """Tokens without order: a `tsvector` on PostgreSQL, text on SQLite. Written from texts that hold no white space."""

    def db_type(self, connection: Any) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or isinstance(value, str):
            return value
        return written(value, connection.vendor)

    def from_db_value(self, value: str | None, *_: Any) -> frozenset[str] | None:
        """No token has white space or a quote in it."""
        return None if value is None else frozenset(value.replace("'", "").split())


def written(tokens: Iterable[str], vendor: str) -> str:
    """The tokens as the database takes them in."""
    return " ".join(map(quoted, tokens) if vendor == "postgresql" else tokens)


def quoted(token: str) -> str:
    """A lexeme, as PostgreSQL's input has it."""
    escaped = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
