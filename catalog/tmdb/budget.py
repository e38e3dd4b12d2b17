"""TMDB's rate, shared by all threads and processes: each call waits for a slot of its own, all evenly spaced."""

import fcntl
import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

# The share of the rate that is used. With what a call may come late, no second ever sees more than the rate.
USED = 0.965
LATE = 0.02
# A thread that wakes too late gives its slot up and takes another; on a machine this busy it goes ahead at last.
SLOTS_GIVEN_UP = 20
LONGEST_PAUSE = 60.0
# A next slot further away than any pause is left from another boot or a moved clock.
FAR = 2 * LONGEST_PAUSE
REDIS_AWAY_FOR = 30.0

log = logging.getLogger(__name__)


class FullError(Exception):
    """There is no slot within the time the caller can wait."""


class Slots(Protocol):
    """Where the next free slot is kept."""

    def reserve(self, spacing: float, limit: float) -> float | None:
        """Takes the next slot and gives the seconds until it; None, and nothing taken, beyond `limit`."""

    def pause(self, seconds: float) -> None:
        """Lets no slot be before `seconds` from now."""


class Budget:
    """`rate` calls a second over whatever shares `slots`; 0 is no limit."""

    def __init__(self, rate: float, slots: Slots) -> None:
        self.spacing = 1 / (rate * USED) if rate else 0.0
        self.slots = slots
        self.quiet_until = 0.0

    def wait(self, *, limit: float = FAR, sleep: Callable[[float], object] = time.sleep) -> None:
        """Returns when a call may go out. Raises `FullError` where that is more than `limit` seconds away."""
        for _ in range(SLOTS_GIVEN_UP):
            asked_at = time.monotonic()
            delay = self.slots.reserve(self.spacing, limit)
            if delay is None:
                raise FullError(f"no call to TMDB is free within {limit:g} seconds")
            if delay:
                sleep(delay)
            now = time.monotonic()
            if now >= self.quiet_until and (not self.spacing or now - asked_at - delay <= LATE):
                return

    def pause(self, seconds: float) -> None:
        """Keeps every caller, in all processes, from calling for this long (60 seconds at the most)."""
        seconds = min(seconds, LONGEST_PAUSE)
        # Those of this process who sleep until a slot that they took before must not use it.
        self.quiet_until = max(self.quiet_until, time.monotonic() + seconds)
        self.slots.pause(seconds)


class FileSlots:
    """Slots kept in a small file, under a lock that the system lifts when its holder dies."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def reserve(self, spacing: float, limit: float) -> float | None:
        def take(next_slot: float, now: float) -> tuple[float, float | None]:
            slot = max(next_slot, now)
            return (next_slot, None) if slot - now > limit else (slot + spacing, slot - now)

        return self._change(take)

    def pause(self, seconds: float) -> None:
        self._change(lambda next_slot, now: (max(next_slot, now + seconds), None))

    def _change(self, change: Callable[[float, float], tuple[float, float | None]]) -> float | None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Opened anew each time: a lock belongs to the opening, so it keeps threads and forked processes apart too.
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            now = time.monotonic()
            next_slot, answer = change(_sane(os.pread(descriptor, 32, 0), now), now)
            os.pwrite(descriptor, f"{next_slot:<32.6f}".encode(), 0)
        finally:
            os.close(descriptor)
        return answer


def _sane(written: bytes, now: float) -> float:
    """The next slot as written, or now where that cannot be."""
    try:
        next_slot = float(written or b"0")
    except ValueError:
        return now
    return next_slot if next_slot < now + FAR else now


class RedisSlots:
    """Slots kept in Redis, by Redis's own clock; in the file while Redis is away, which is logged once."""

    SCRIPT = """
    local time = redis.call('TIME')
    local now = time[1] * 1000000 + time[2]
    local spacing, limit, pause, far = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
    local slot = tonumber(redis.call('GET', KEYS[1]) or '0')
    if slot > now + far then slot = 0 end
    if slot < now + pause then slot = now + pause end
    if pause == 0 and slot - now > limit then return -1 end
    redis.call('SET', KEYS[1], string.format('%.0f', slot + spacing), 'PX', math.ceil(far / 1000))
    return slot - now
    """

    def __init__(self, url: str, key: str, otherwise: FileSlots) -> None:
        self.redis = redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 1))
        self.script = self.redis.register_script(self.SCRIPT)
        self.key = key
        self.otherwise = otherwise
        self.away_until = 0.0

    def reserve(self, spacing: float, limit: float) -> float | None:
        told = self._run(spacing=spacing, limit=limit)
        if told is None:
            return self.otherwise.reserve(spacing, limit)
        return None if told < 0 else told / 1e6

    def pause(self, seconds: float) -> None:
        if self._run(pause=seconds) is None:
            self.otherwise.pause(seconds)

    def _run(self, *, spacing: float = 0, limit: float = FAR, pause: float = 0) -> int | None:
        """What the script says, or None while Redis is away."""
        if time.monotonic() < self.away_until:
            return None
        arguments = [int(seconds * 1e6) for seconds in (spacing, limit, pause, FAR)]
        try:
            told = int(self.script(keys=[self.key], args=arguments))
        except redis.RedisError as fault:
            if not self.away_until:
                log.warning("Redis is away; TMDB's rate is shared through a file until it is back: %s", fault)
            self.away_until = time.monotonic() + REDIS_AWAY_FOR
            return None
        self.away_until = 0.0
        return told


class OwnSlots:
    """This process's own, without spacing: for a stand-in on loopback, which still may ask for a pause."""

    def __init__(self) -> None:
        self.next_slot = 0.0

    def reserve(self, spacing: float, limit: float) -> float | None:
        delay = max(0.0, self.next_slot - time.monotonic())
        return delay if delay <= limit else None

    def pause(self, seconds: float) -> None:
        self.next_slot = max(self.next_slot, time.monotonic() + seconds)
