"""The bodies of requests, read so that who sends slowly, or nothing at all, holds up none of those who read.

The server (Granian, under WSGI) hands a request over before its body has come, has no time limit for one, and a read
waits in the request's thread for as long as the sender likes. The read cannot be moved to a thread of its own and given
up: when a request ends before a read of its body has, Granian waits for that read while it holds the interpreter's
lock, and the whole process stands still. So the number of threads that may read is bounded; only what comes too slowly
is bounded in time. For senders of nothing, a proxy that takes bodies in before it passes them on is the remedy.
"""

from collections import Counter
from collections.abc import Iterator
from threading import Condition
from time import monotonic
from typing import Protocol

import structlog

log = structlog.get_logger(__name__)
READERS_LEFT = 2
PLACE_WITHIN = 0.05
FULL_FOR = 1.0
PATIENCE = 10.0
CROWDED = "Too many bodies are being waited for. Try again shortly."
CUT_OFF = "The body ended before it was complete."


class Refused(Exception):
    """A body that is not taken, with the status that tells its sender so, and the words where they are not usual."""

    def __init__(self, status: int, detail: str = "") -> None:
        super().__init__(status, detail)
        self.status, self.detail = status, detail


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Bodies:
    """Reads bodies in a server of so many `threads`: all but two of them may at the same time, half of those for one
    caller.

    Who finds no place waits a moment, since most bodies are there with their heads. Once somebody has waited in vain,
    nobody waits for a second: waiting takes a thread too.
    """

    def __init__(self, threads: int) -> None:
        self._places = max(1, threads - READERS_LEFT)
        self._places_each = max(1, self._places // 2)
        self._reading: Counter[str] = Counter()
        self._changed = Condition()
        self._full_until = 0.0

    def read(self, stream: Readable, size: int, caller: str) -> bytes:
        """At most `size` bytes, fewer only where there are no more.

        Raises `Refused`: 503 without a place, 408 for who is slower than `PATIENCE` seconds, 400 for who went away.
        """
        self._enter(caller)
        try:
            return b"".join(_pieces(stream, size))
        except OSError:
            raise Refused(400, CUT_OFF) from None
        finally:
            self._leave(caller)

    def _enter(self, caller: str) -> None:
        with self._changed:
            patience = 0.0 if monotonic() < self._full_until else PLACE_WITHIN
            if not self._changed.wait_for(lambda: self._has_place(caller), patience):
                if monotonic() > self._full_until:
                    self._full_until = monotonic() + FULL_FOR
                    log.warning("bodies_crowded", places=self._places)
                raise Refused(503, CROWDED)
            self._reading[caller] += 1

    def _has_place(self, caller: str) -> bool:
        return self._reading.total() < self._places and self._reading[caller] < self._places_each

    def _leave(self, caller: str) -> None:
        with self._changed:
            self._reading[caller] -= 1
            if not self._reading[caller]:
                del self._reading[caller]
            self._changed.notify_all()


def _pieces(stream: Readable, size: int) -> Iterator[bytes]:
    """The body in pieces, each four times the last: a read returns once it has all it asked for, and only then can
    the clock be looked at.
    """
    deadline = monotonic() + PATIENCE
    wanted, left = 1, size
    while left:
        piece = stream.read(min(wanted, left))
        yield piece
        left -= len(piece)
        if len(piece) < wanted:
            return
        if left and monotonic() > deadline:
            raise Refused(408)
        wanted *= 4
