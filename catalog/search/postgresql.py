"""PostgreSQL: tokens are a `tsvector` under four GIN indexes, one for each depth of the ranks (migration 0004)."""

from collections.abc import Sequence
from contextlib import nullcontext

from django.db import OperationalError, connection, models, transaction

from catalog import inserting
from catalog.models.tokens import TokensField, quoted, written
from catalog.search.patterns import AllOf, Pattern, Token
from catalog.search.stopping import TooSlow

# In the words of the partial indexes' conditions, so that the planner knows them.
DEPTHS = ("top", "known", "many", "all")
DOWN_TO = (" AND tier <= 0", " AND tier <= 1", " AND tier <= 2", "")
# Parallel workers take longer to start than a search to read.
BOUND = "SELECT set_config('statement_timeout', '{}', true), set_config('max_parallel_workers_per_gather', '0', true)"
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


def fetched(statements: Sequence[tuple[str, list]], milliseconds: int) -> list[list[tuple]]:
    """The rows of each statement, each of which is ended after so long, with `TooSlow`.

    All are sent at once: a message of several statements is a transaction of its own, with one way to the server and
    back in place of six.
    """
    sql = "; ".join([BOUND.format(milliseconds), *(sql for sql, _ in statements), UNBOUND])
    given = [value for _, parameters in statements for value in parameters]
    within = transaction.atomic() if connection.in_atomic_block else nullcontext()
    try:
        with within, connection.cursor() as cursor:
            cursor.execute(sql, given)
            return [cursor.fetchall() for _ in statements if cursor.nextset()]
    except OperationalError as fault:
        if getattr(fault.__cause__, "sqlstate", None) == QUERY_CANCELED:
            raise TooSlow from fault
        raise


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
