"""Which entries fit a pattern: asked of whichever database there is, and the same of both."""

import time
from collections.abc import Sequence
from types import ModuleType
from typing import NamedTuple

from django.db import connection

from catalog.models import MovieSearch
from catalog.models.search import SearchEntry
from catalog.search import postgresql, sqlite
from catalog.search.askings import Asking
from catalog.search.stopping import TooSlow

ENGINES: dict[str, ModuleType] = {"postgresql": postgresql, "sqlite": sqlite}


class Candidate(NamedTuple):
    """What of an entry tells how well it fits; people have no year."""

    key: int
    names: str
    popularity: float
    year: int | None


def candidates(table: type[SearchEntry], askings: Sequence[Asking], ends_at: float) -> list[list[Candidate]]:
    """The entries that fit each asking, the most popular first; of one after the other, until one has found enough.

    Raises `TooSlow` at the time `ends_at` (of `time.monotonic`).
    """
    if engine().ASKS_IN_TURN and all(asking.within is None for asking in askings):
        found = engine().fetched_in_turn(table._meta.db_table, askings, _left(ends_at))
    else:
        found = _one_by_one(table, askings, ends_at)
    return [[Candidate._make(row) for row in rows] for rows in found]


def _one_by_one(table: type[SearchEntry], askings: Sequence[Asking], ends_at: float) -> list[list[tuple]]:
    found: list[list[tuple]] = []
    number = 0
    for asking in askings:
        if number < asking.worth:
            found.append([])
            continue
        found.append(engine().fetched(*_statement(table, asking), _left(ends_at)))
        number = len(found[-1])
        if number >= asking.enough:
            break
    return found


def _left(ends_at: float) -> int:
    milliseconds = int((ends_at - time.monotonic()) * 1000)
    if milliseconds <= 0:
        raise TooSlow
    return milliseconds


def _statement(table: type[SearchEntry], asking: Asking) -> tuple[str, list]:
    key = table._meta.pk.column
    columns = f"{key}, names, popularity, {'year' if table is MovieSearch else 'NULL'}"
    fitting, given = engine().fitting(table._meta.db_table, key, asking.pattern, asking.tier)
    narrowed, parameters = asking.narrowed(key)
    # The sum has no index, lest a planner walk one in this order and test every row on the way.
    order = f"ORDER BY popularity + 0 DESC, {key} DESC LIMIT %s"
    return f"SELECT {columns} {fitting}{narrowed} {order}", [given, *parameters, asking.limit]


def engine() -> ModuleType:
    """What speaks to the database there is: `fitting`, `fetched`, `insert_new`, `settle`, `give_way`.

    Where it `ASKS_IN_TURN`, also `fetched_in_turn`.
    """
    return ENGINES[connection.vendor]
