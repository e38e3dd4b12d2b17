"""SQLite: tokens are text, and an FTS5 table of them that triggers keep in step (migration 0004)."""

import time
from collections.abc import Sequence

from django.db import OperationalError, connection, models

from catalog import inserting
from catalog.search.patterns import AllOf, Pattern, Token
from catalog.search.stopping import TooSlow

FITTING = "FROM {table} WHERE {key} IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH %s)"
# Its library is in this very process: to ask again costs next to nothing.
ASKS_IN_TURN = False
DOWN_TO = ("0", "(0 OR 1)", "(0 OR 1 OR 2)", "(0 OR 1 OR 2 OR 3)")
# So many steps of SQLite's machine take less than a millisecond.
STEPS_BETWEEN_LOOKS = 20_000
PAUSE = 0.12


def fitting(table: str, key: str, pattern: Pattern, tier: int) -> tuple[str, str]:
    """Where the entries are read that fit, as SQL, and its parameter."""
    match = f"({{tokens}} : {as_fts5(pattern)}) AND tier : {DOWN_TO[tier]}"
    return FITTING.format(table=table, key=key), match


def as_fts5(pattern: Pattern) -> str:
    if isinstance(pattern, Token):
        escaped = pattern.text.replace('"', '""')
        return f'"{escaped}"' + (" *" if pattern.is_prefix else "")
    sign = " AND " if isinstance(pattern, AllOf) else " OR "
    return f"({sign.join(map(as_fts5, pattern.parts))})"


def fetched(sql: str, parameters: Sequence, milliseconds: int) -> list[tuple]:
    """The rows of the statement, which is ended after so long, with `TooSlow`."""
    ends_at = time.monotonic() + milliseconds / 1000
    with connection.cursor() as cursor:
        database = connection.connection
        database.set_progress_handler(lambda: time.monotonic() > ends_at, STEPS_BETWEEN_LOOKS)
        try:
            return cursor.execute(sql, parameters).fetchall()
        except OperationalError as fault:
            if "interrupted" in str(fault):
                raise TooSlow from fault
            raise
        finally:
            database.set_progress_handler(None, 0)


def insert_new(table: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Inserts the entries that are not there yet."""
    fields = [field.attname for field in table._meta.concrete_fields]
    inserting.insert_new(table, fields, [tuple(getattr(row, field) for field in fields) for row in rows])


def settle(*tables: type[models.Model]) -> None:
    """Nothing waits to be sorted in here."""


def give_way() -> None:
    """Between two long transactions: another writer waits, and tries ten times a second."""
    time.sleep(PAUSE)
