"""What was asked of the stand-in and when, and its limit of calls a second."""

import threading
from collections import deque
from typing import NamedTuple

SECOND = 1.0


class Call(NamedTuple):
    """One request; `at` is `time.monotonic()` at its arrival, `path` is without the `/3`, status 0 is a reset."""

    at: float
    method: str
    path: str
    query: dict[str, str]
    status: int


class Record:
    """The calls in the order of their answers; only the last ones where there is a limit."""

    def __init__(self, remember: int | None) -> None:
        self._calls: deque[Call] = deque(maxlen=remember)
        self._lock = threading.Lock()
        self.total = 0

    def add(self, call: Call) -> None:
        with self._lock:
            self._calls.append(call)
            self.total += 1

    def forget(self) -> None:
        with self._lock:
            self._calls.clear()
            self.total = 0

    def calls(self) -> list[Call]:
        with self._lock:
            return list(self._calls)

    def max_in_any_second(self) -> int:
        """The most calls that arrived within any one second, wherever it begins."""
        arrivals = sorted(call.at for call in self.calls())
        most, first = 0, 0
        for last, at in enumerate(arrivals):
            while at - arrivals[first] >= SECOND:
                first += 1
            most = max(most, last - first + 1)
        return most


class Limit:
    """Lets through at most `rate` calls in any second; those it turns away do not count."""

    def __init__(self, rate: int | None) -> None:
        self.rate = rate
        self._let_through: deque[float] = deque()
        self._lock = threading.Lock()

    def allows(self, now: float) -> bool:
        if self.rate is None:
            return True
        with self._lock:
            while self._let_through and now - self._let_through[0] >= SECOND:
                self._let_through.popleft()
            if len(self._let_through) >= self.rate:
                return False
            self._let_through.append(now)
            return True
