"""Limits on calls by caller, exact under parallel calls, and told in `RateLimit` fields.

A look at Redis costs as much as the rest of a cached request, so where limits are large a process takes tokens from
the shared window in leases and gives them out by itself:

- a lease holds at most a 200th of the limit, so limits below 400 take one token a call, and are exact to the call;
- it grows from 1 by doubling while a caller uses it up, so a slow caller never pays for tokens that lapse;
- it is kept at most a second, and the shared window of such a limit is a second longer, so that the calls in any
  window never exceed the limit, however many processes hold leases;
- when a lease is refused, the call asks for a single token before it is turned away.

Redis away: each process counts by itself until it is back.
"""

import math
import time
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from web.callers import client_address
from web.observation import known_user_id
from web.windows import LEASE_SECONDS, MOST_CALLERS, Limit, Windows

SECONDS = {"sec": 1, "second": 1, "min": 60, "minute": 60, "hour": 3600, "day": 86400}
# How many threads may draw at a time, each for other callers.
DRAWN_AT_ONCE = 64
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Verdict(NamedTuple):
    """Whether the call may go on, what its response tells about the limit, and after how long to call again."""

    allowed: bool
    headers: dict[str, str]
    retry_after: int | None = None


class Lease:
    """Tokens that this process holds for one caller, or, until `until`, the certainty that there are none."""

    __slots__ = ("is_refusal", "remaining", "resets_at", "size", "tokens", "until")

    def __init__(self, granted: int, size: int, remaining: int, resets_at: float, until: float) -> None:
        self.tokens, self.size, self.remaining = max(0, granted - 1), size, remaining
        self.resets_at, self.until, self.is_refusal = resets_at, until, not granted

    def verdict(self, limit: Limit, now: float) -> Verdict:
        seconds = max(1, math.ceil(self.resets_at - now))
        left = self.remaining + self.tokens
        told = min(seconds, limit.seconds)
        headers = {"RateLimit-Policy": limit.policy, "RateLimit": f'"{limit.scope}";r={left};t={told}'}
        if not self.is_refusal:
            return Verdict(True, headers)
        headers["Retry-After"] = str(seconds)
        return Verdict(False, headers, seconds)


class Ledger:
    """The leases of this process."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows
        self._lock = Lock()
        self._drawing = [Lock() for _ in range(DRAWN_AT_ONCE)]
        self._leases: dict[str, Lease] = {}

    def spend(self, limit: Limit, caller: str) -> Verdict:
        """Counts one call of `caller` against `limit`."""
        key = f"{limit.scope}:{caller}"
        verdict = self._held(limit, key)
        if verdict is None:
            # One thread at a time draws for a caller: were each to, most of what they drew would lapse unused.
            with self._drawing[hash(key) % DRAWN_AT_ONCE]:
                verdict = self._held(limit, key) or self._draw(limit, caller, key)
        return verdict

    def _held(self, limit: Limit, key: str) -> Verdict | None:
        """That of a token, or of the certainty, which is held; `None` where one has to be drawn."""
        now = time.monotonic()
        with self._lock:
            lease = self._leases.get(key)
            if lease is None or now >= lease.until or not (lease.tokens or lease.is_refusal):
                return None
            lease.tokens -= not lease.is_refusal
            return lease.verdict(limit, now)

    def _draw(self, limit: Limit, caller: str, key: str) -> Verdict:
        last = self._leases.get(key)
        size = min(limit.lease, last.size * 2) if last is not None and time.monotonic() < last.until else 1
        granted = next((cost for cost in {size: 1, 1: 1} if self._windows.take(limit, caller, cost)), 0)
        remaining, reset = self._windows.state(limit, caller)
        now = time.monotonic()
        # A refusal holds until the oldest token comes back, for nothing else can make room.
        until = now + (LEASE_SECONDS if granted else min(LEASE_SECONDS, reset if not remaining else 0))
        lease = Lease(granted, size, remaining, now + reset, until)
        verdict = lease.verdict(limit, now)
        with self._lock:
            self._keep(key, lease, now)
        return verdict

    def _keep(self, key: str, lease: Lease, now: float) -> None:
        if len(self._leases) >= MOST_CALLERS:
            live = {key: lease for key, lease in self._leases.items() if now < lease.until}
            self._leases = live if len(live) < MOST_CALLERS else {}
        self._leases[key] = lease


_ledgers: dict[tuple[str, str], Ledger] = {}
_making = Lock()


def _ledger() -> Ledger:
    """This process' one ledger; two made by the first two calls at once would each admit a whole limit."""
    place = (settings.REDIS_URL, settings.CACHE_KEY_PREFIX)
    ledger = _ledgers.get(place)
    if ledger is None:
        with _making:
            ledger = _ledgers.get(place) or _ledgers.setdefault(place, Ledger(Windows(*place)))
    return ledger


@lru_cache(maxsize=32)
def _limit(scope: str, rate: str) -> Limit:
    amount, _, period = rate.partition("/")
    return Limit(scope, int(amount), SECONDS[period])


def forget_calls() -> None:
    """Starts this process' counting anew (the shared windows are counted on)."""
    _ledgers.clear()


def spend(scope: str, caller: str) -> Verdict:
    """Counts something that is no request by itself against a scope of `THROTTLE_RATES`."""
    return _ledger().spend(_limit(scope, settings.THROTTLE_RATES[scope]), caller)


def allow(request: HttpRequest | Request, scope: str | None = None) -> Verdict:
    """Counts this request, once however often it is asked, and remembers the verdict on it for its response.

    `scope` is a name in `THROTTLE_RATES`; `write`, which unsafe methods have by themselves, leaves reads to `user` or
    `anon`. On a plain `HttpRequest` without a session's cookie no user is looked up: who is known, is.
    """
    plain: Any = getattr(request, "_request", request)
    verdict = getattr(plain, "throttle_verdict", None)
    if verdict is None:
        user_id = _user_id(request)
        if plain.method not in SAFE_METHODS:
            scope = scope or "write"
        elif scope == "write":
            scope = None
        scope = scope or ("anon" if user_id is None else "user")
        caller = client_address(plain) if user_id is None or scope == "login" else f"u{user_id}"
        verdict = spend(scope, caller)
        plain.throttle_verdict = verdict
    return verdict


def _user_id(request: HttpRequest | Request) -> Any:
    if isinstance(request, HttpRequest) and settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return known_user_id(request)
    user = getattr(request, "user", None)
    return user.pk if user is not None and user.is_authenticated else None


class CallerThrottle(BaseThrottle):
    """DRF's way to `allow`; a view's `throttle_scope` picks another limit than its caller's own."""

    def allow_request(self, request: Request, view: Any) -> bool:
        self.verdict = allow(request, getattr(view, "throttle_scope", None))
        return self.verdict.allowed

    def wait(self) -> int | None:
        return self.verdict.retry_after
