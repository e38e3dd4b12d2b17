"""A small, bounded cache in this process's memory, whose entries are trusted for a moment and then confirmed."""

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any


class FirstLevel:
    """What was put in last, up to so many bytes of content; safe to use from threads."""

    def __init__(self, *, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._rows: OrderedDict[Hashable, tuple[Any, float, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> tuple[Any, bool]:
        """What was put under the key (None where nothing was), and whether it may be used unconfirmed."""
        value, trusted_until, _ = self._rows.get(key, (None, 0.0, 0))
        return value, trusted_until > time.monotonic()

    def put(self, key: Hashable, value: Any, *, size: int, confirmed_for: float) -> None:
        """Keeps the value, which is `size` bytes large, and forgets the oldest until all fit."""
        with self._lock:
            self._bytes += size - self._rows.pop(key, (None, 0.0, 0))[2]
            self._rows[key] = (value, time.monotonic() + confirmed_for, size)
            while self._bytes > self.most_bytes and self._rows:
                self._bytes -= self._rows.popitem(last=False)[1][2]

    def clear(self) -> None:
        with self._lock:
            self._rows.clear()
            self._bytes = 0


# This process's own.
first_level = FirstLevel(most_bytes=16_000_000)
