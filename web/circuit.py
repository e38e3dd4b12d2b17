"""A breaker for what may be away: one try that fails, then silence for a while, and one log line each way."""

import time
from threading import Lock

import structlog

log = structlog.get_logger("web.circuit")
PAUSE = 5.0


class Circuit:
    """Open after a failure for `PAUSE` seconds; then a single caller tries again, and closes or reopens it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._is_away = False
        self._retry_at = 0.0
        self._lock = Lock()

    def allows(self) -> bool:
        """Whether to try now. While it is away, one caller in each pause gets a yes."""
        if not self._is_away:
            return True
        with self._lock:
            now = time.monotonic()
            if now < self._retry_at:
                return False
            self._retry_at = now + PAUSE
            return True

    def failed(self, fault: Exception) -> None:
        with self._lock:
            was_away, self._is_away = self._is_away, True
            self._retry_at = time.monotonic() + PAUSE
        if not was_away:
            log.error("dependency_away", dependency=self.name, reason=type(fault).__name__)

    def succeeded(self) -> None:
        if not self._is_away:
            return
        with self._lock:
            was_away, self._is_away = self._is_away, False
        if was_away:
            log.warning("dependency_back", dependency=self.name)
