"""Which entries fit a pattern: asked of whichever database there is, and the same of both."""

import time
from collections.abc import Sequence
from types import ModuleType
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from catalog.models import MovieSearch
from catalog.models.search import SearchEntry
from catalog.search import postgresql, sqlite
from catalog.search.patterns import Pattern
from catalog.search.stopping import TooSlow

ENGINES: dict[str, ModuleType] = {"postgresql": postgresql, "sqlite": sqlite}
# How far down the ranks one looks: the tiers of `SearchEntry.tier`, each with all above it.
TIERS = (0, 1, 2, 3)


class Candidate(NamedTuple):
    """What of an entry tells how well it fits; people have no year."""

    key: int
    names: str
    popularity: float
    year: int | None


class Asking(NamedTuple):
    """Entries down to the `tier` that fit the pattern, at most `limit`; of these years, or of `within`, where given."""

    pattern: Pattern
    tier: int
    limit: int
    years: tuple[int, int] | None = None
    within: QuerySet | None = None

    def narrowed(self, key: str) -> tuple[str, list]:
        """What more must be true of an entry, as SQL with its parameters."""
        sql, parameters = "", []
        if self.years:
            sql, parameters = " AND year BETWEEN %s AND %s", [*self.years]
        if self.within is not None:
            keys, given = self.within.order_by().values("pk").query.sql_with_params()
            sql, parameters = f"{sql} AND {key} IN ({keys})", [*parameters, *given]
        return sql, parameters


def candidates(table: type[SearchEntry], askings: Sequence[Asking], ends_at: float) -> list[list[Candidate]]:
    """The entries that fit each asking, the most popular first. All are asked in one go.

    Raises `TooSlow` at the time `ends_at` (of `time.monotonic`).
    """
    milliseconds = int((ends_at - time.monotonic()) * 1000)
    if milliseconds <= 0:
        raise TooSlow
    found = engine().fetched([_statement(table, asking) for asking in askings], milliseconds)
    return [[Candidate._make(row) for row in rows] for rows in found]


def _statement(table: type[SearchEntry], asking: Asking) -> tuple[str, list]:
    key = table._meta.pk.column
    columns = f"{key}, names, popularity, {'year' if table is MovieSearch else 'NULL'}"
    fitting, given = engine().fitting(table._meta.db_table, key, asking.pattern, asking.tier)
    narrowed, parameters = asking.narrowed(key)
    # The sum has no index, lest a planner walk one in this order and test every row on the way.
    order = f"ORDER BY popularity + 0 DESC, {key} DESC LIMIT %s"
    return f"SELECT {columns} {fitting}{narrowed} {order}", [given, *parameters, asking.limit]


def engine() -> ModuleType:
    """What speaks to the database there is: `fitting`, `fetched`, `insert_new`, `settle`, `give_way`."""
    return ENGINES[connection.vendor]
