"""Writing that other runs may stand in the way of: done again, since time heals it."""

import random
from collections.abc import Callable
from time import sleep
from typing import TypeVar

from django.db import OperationalError, connection

from catalog.database_faults import raise_if_own

# A deadlock, or SQLite's lock held for longer than its time-out: what another run's writing can cause, and time heals.
ATTEMPTS = 4

Answer = TypeVar("Answer")


def retried(work: Callable[[], Answer]) -> Answer:
    """What the work, a transaction or a single statement, gives; done again where another run stood in its way.

    Raises `OperationalError` where the database is away, and `DatabaseUnusable` where it stores nothing of anybody.
    """
    for attempt in range(1, ATTEMPTS):
        try:
            return work()
        except OperationalError as fault:
            raise_if_away(fault)
            sleep(0.05 * 2**attempt * random.uniform(0.5, 1.5))
    return work()


def raise_if_away(fault: Exception) -> None:
    """What would meet every film says nothing of this one; nor does the end of a connection."""
    raise_if_own(fault)
    if isinstance(fault, OperationalError) and not connection.in_atomic_block and not connection.is_usable():
        connection.close()
        raise fault
