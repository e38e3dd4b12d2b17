"""A small, bounded cache in this process's memory, whose entries are trusted for a moment and then confirmed."""

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any


class FirstLevel:
    """What was put in last, up to so many entries; safe to use from threads."""

    def __init__(self, *, entries: int) -> None:
        self.entries = entries
        self._rows: OrderedDict[Hashable, tuple[Any, float]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> tuple[Any, bool]:
        """What was put under the key (None where nothing was), and whether it may be used unconfirmed."""
        value, trusted_until = self._rows.get(key, (None, 0.0))
        return value, trusted_until > time.monotonic()

    def put(self, key: Hashable, value: Any, *, confirmed_for: float) -> None:
        with self._lock:
            self._rows[key] = (value, time.monotonic() + confirmed_for)
            self._rows.move_to_end(key)
            if len(self._rows) > self.entries:
                self._rows.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._rows.clear()
