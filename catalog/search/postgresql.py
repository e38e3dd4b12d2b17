"""PostgreSQL: tokens are a `tsvector` under four GIN indexes, one for each depth of the ranks (migration 0004)."""

from collections.abc import Sequence
from contextlib import nullcontext

from django.db import OperationalError, connection, models, transaction

from catalog import inserting
from catalog.models.tokens import TokensField, quoted, written
from catalog.search.askings import Asking
from catalog.search.patterns import AllOf, Pattern, Token
from catalog.search.stopping import TooSlow

# In the words of the partial indexes' conditions, so that the planner knows them.
DEPTHS = ("top", "known", "many", "all")
DOWN_TO = (" AND tier <= 0", " AND tier <= 1", " AND tier <= 2", "")
# Migration 0009 has the functions, which go through several askings in one call.
ASKS_IN_TURN = True
IN_TURN = """
    SELECT place, key, names, popularity, year
    FROM {table}_found(%s::text[]::tsquery[], %s::int[], %s::int[], %s::int[], %s::int[], %s::int, %s::int)
"""
# Parallel workers take longer to start than a search to read.
BOUND = "SET LOCAL statement_timeout = {}; SET LOCAL max_parallel_workers_per_gather = 0"
UNBOUND = "SET LOCAL statement_timeout TO DEFAULT; SET LOCAL max_parallel_workers_per_gather TO DEFAULT"
QUERY_CANCELED = "57014"
# Entries wait to be sorted into the index until so many bytes have come together: fewer, larger rounds of sorting.
WAITING = "SET LOCAL gin_pending_list_limit = '64MB'"


def fitting(table: str, key: str, pattern: Pattern, tier: int) -> tuple[str, str]:
    """Where the entries are read that fit, as SQL, and its parameter."""
    return f"FROM {table} WHERE tokens @@ %s::tsquery{DOWN_TO[tier]}", as_tsquery(pattern)


def as_tsquery(pattern: Pattern) -> str:
    if isinstance(pattern, Token):
        return quoted(pattern.text) + (":*" if pattern.is_prefix else "")
    sign = " & " if isinstance(pattern, AllOf) else " | "
    return f"({sign.join(map(as_tsquery, pattern.parts))})"


def fetched(sql: str, parameters: Sequence, milliseconds: int) -> list[tuple]:
    """The rows of the statement, which is ended after so long, with `TooSlow`.

    What bounds it is sent with it: a message of several statements is a transaction of its own, with one way to the
    server and back.
    """
    # Only within a transaction does the bound outlast the message.
    within, unbound = (transaction.atomic(), UNBOUND) if connection.in_atomic_block else (nullcontext(), "")
    try:
        with within, connection.cursor() as cursor:
            cursor.execute("; ".join(filter(None, [BOUND.format(milliseconds), sql, unbound])), parameters)
            while cursor.description is None and cursor.nextset():
                continue  # what bounds it has no rows
            return cursor.fetchall()
    except OperationalError as fault:
        if getattr(fault.__cause__, "sqlstate", None) == QUERY_CANCELED:
            raise TooSlow from fault
        raise


def fetched_in_turn(table: str, askings: Sequence[Asking], milliseconds: int) -> list[list[tuple]]:
    """The rows of each asking, one after the other until one has found enough; all are ended after so long.

    One way to the server and back, and no plan to be made: the server keeps those of the function's statements.
    """
    first, last = askings[0].years or (None, None)
    patterns = [as_tsquery(asking.pattern) for asking in askings]
    numbers = [[getattr(asking, name) for asking in askings] for name in ("tier", "limit", "worth", "enough")]
    found: list[list[tuple]] = [[] for _ in askings]
    for place, *row in fetched(IN_TURN.format(table=table), [patterns, *numbers, first, last], milliseconds):
        found[place - 1].append(tuple(row))
    return found


def insert_new(table: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Inserts the entries that are not there yet. The caller's transaction is open."""
    fields = [field for field in table._meta.concrete_fields if not isinstance(field, models.AutoField)]
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
    inserting.insert_new(table, [field.attname for field in fields], [_values(fields, row) for row in rows])


def settle(table: type[models.Model], *words: type[models.Model]) -> None:
    """Sorts in what waits, which every search would else read through, and counts anew what the planner goes by."""
    name = table._meta.db_table
    with connection.cursor() as cursor:
        for depth in DEPTHS:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [f"{name}_{depth}"])
        cursor.execute(f"ANALYZE {', '.join(one._meta.db_table for one in (table, *words))}")


def give_way() -> None:
    """Nobody waits for a lock on the whole database here."""


def _values(fields: Sequence[models.Field], row: models.Model) -> tuple:
    values = ((field, getattr(row, field.attname)) for field in fields)
    return tuple(written(value, "postgresql") if isinstance(field, TokensField) else value for field, value in values)
