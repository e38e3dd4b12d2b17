"""How many calls are made to TMDB, by the hour and by what came of them: counted in memory, written now and then."""

import threading
import time
from collections import Counter
from datetime import datetime

import structlog
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from catalog.models import TMDBCalls

# A call costs no query of its own; a kill loses the count of this long at the most.
FLUSH_SECONDS = 5.0
LONGEST_OUTCOME = 20
Counted = Counter[tuple[datetime, str]]
log = structlog.get_logger(__name__)


class Calls:
    """The calls of this process that are not in the table yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counted: Counted = Counter()
        self._flushed_at = 0.0

    def count(self, outcome: str) -> None:
        """One call more; `outcome` is the HTTP status, or a word where there was none, or one that meant nothing."""
        hour = timezone.now().replace(minute=0, second=0, microsecond=0)
        with self._lock:
            self._counted[hour, outcome[:LONGEST_OUTCOME]] += 1

    def flush_if_due(self) -> None:
        if time.monotonic() - self._flushed_at >= FLUSH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Adds what was counted to the table. Where the database does not take it, it waits for the next time."""
        with self._lock:
            counted, self._counted = self._counted, Counter()
            self._flushed_at = time.monotonic()
        try:
            _add(counted)
        except DatabaseError as fault:
            # Whatever goes wrong with a count, it must not end the work that was counted.
            log.warning("tmdb_calls_not_written", fault=type(fault).__name__)
            with self._lock:
                self._counted.update(counted)


calls = Calls()


def _add(counted: Counted) -> None:
    """In one order, so that two processes never wait for each other."""
    if not counted:
        return
    with transaction.atomic():
        for (hour, outcome), number in sorted(counted.items()):
            row = TMDBCalls.objects.filter(hour=hour, outcome=outcome)
            if not row.update(calls=F("calls") + number):
                TMDBCalls.objects.bulk_create([TMDBCalls(hour=hour, outcome=outcome, calls=0)], ignore_conflicts=True)
                row.update(calls=F("calls") + number)
