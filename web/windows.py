"""The moving windows that limits are counted in: one for all processes in Redis, or each process its own."""

import math
import time
from collections import deque
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter

from web.redis_link import AWAY, link_to, options

LEASE_SECONDS = 1.0
LEASES_IN_A_LIMIT = 200
MOST_CALLERS = 20_000


@dataclass(frozen=True)
class Limit:
    """`amount` calls in `seconds` for each caller, under the name of its scope."""

    scope: str
    amount: int
    seconds: int

    @cached_property
    def lease(self) -> int:
        """The most tokens that a process takes at a time."""
        return max(1, self.amount // LEASES_IN_A_LIMIT)

    @cached_property
    def item(self) -> RateLimitItemPerSecond:
        """What is counted. A leased token may be used a second after it was taken: its window is as much longer."""
        seconds = self.seconds + (math.ceil(LEASE_SECONDS) if self.lease > 1 else 0)
        return RateLimitItemPerSecond(self.amount, seconds, namespace=self.scope)

    @cached_property
    def policy(self) -> str:
        """The `RateLimit-Policy` field: draft-ietf-httpapi-ratelimit-headers, section 3."""
        return f'"{self.scope}";q={self.amount};w={self.seconds}'


class ProcessStorage(MemoryStorage):
    """The library's own memory storage keeps a list for every caller there ever was, and starts a thread to walk them
    every 10 ms; this one forgets, and needs no thread.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        self._calls: dict[str, tuple[int, deque[float]]] = {}

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        with self._lock:
            if len(self._calls) >= MOST_CALLERS and key not in self._calls:
                self._forget()
            calls = self._within(key, expiry)
            if len(calls) + amount > limit:
                return False
            calls.extend([time.time()] * amount)
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        with self._lock:
            calls = self._within(key, expiry)
            return (calls[0] if calls else time.time()), len(calls)

    def _within(self, key: str, expiry: int) -> deque[float]:
        calls = self._calls.setdefault(key, (expiry, deque()))[1]
        oldest = time.time() - expiry
        while calls and calls[0] < oldest:
            calls.popleft()
        return calls

    def _forget(self) -> None:
        now = time.time()
        ended = [key for key, (expiry, calls) in self._calls.items() if not calls or calls[-1] < now - expiry]
        for key in ended or list(self._calls)[: MOST_CALLERS // 2]:
            del self._calls[key]


class Windows:
    """Takes tokens from the shared windows; while Redis is away each process counts by itself, and nobody waits."""

    def __init__(self, redis_url: str, key_prefix: str) -> None:
        self._own = MovingWindowRateLimiter(ProcessStorage())
        self._link = link_to(redis_url) if redis_url else None
        self._shared = MovingWindowRateLimiter(_redis(redis_url, key_prefix)) if redis_url else None

    def take(self, limit: Limit, caller: str, amount: int) -> bool:
        """Whether all of `amount` tokens could be taken; none are when not."""
        return self._ask("hit", limit.item, caller, cost=amount)

    def state(self, limit: Limit, caller: str) -> tuple[int, float]:
        """How many tokens are left, and in how many seconds the next one taken comes back."""
        stats = self._ask("get_window_stats", limit.item, caller)
        return max(0, stats.remaining), max(0.0, stats.reset_time - time.time())

    def _ask(self, question: str, *args: object, **options: int) -> object:
        if self._link and self._link.allows():
            try:
                return getattr(self._shared, question)(*args, **options)
            except AWAY as fault:
                self._link.failed(fault)
        return getattr(self._own, question)(*args, **options)


@lru_cache(maxsize=8)  # with its connections, however often the counting starts anew
def _redis(url: str, key_prefix: str) -> RedisStorage:
    return RedisStorage(url, key_prefix=f"{key_prefix}:throttle", **options())
