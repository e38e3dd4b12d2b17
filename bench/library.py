"""The library of a hundred thousand members with ten million ratings and viewings: what its reads and writes take.

`LIBRARY=members,entries` makes it smaller. Each call goes to a server of one process, and is waited for.
"""

import itertools
import json
import math
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import redis

from bench.load import Caller, request
from bench.million_films import run
from bench.place import PREFIX, manage
from bench.report import Row
from bench.servers import serving

MEMBERS, ENTRIES_IN_ALL = map(int, os.environ.get("LIBRARY", "100000,10000000").split(","))
# Of the one member who has as many of everything.
ENTRIES = 10_000
PAGE, CALLS = 20, 200
BEST_KNOWN = 10_000_001
API = "/api/v1"


class Asking:
    """One client's calls as different members."""

    def __init__(self, port: int, tokens: dict[str, str]) -> None:
        self.port, self.caller, self.tokens = port, Caller(port), tokens

    def get(self, path: str, who: str = "") -> bytes:
        return self._call(request(path, token=self.tokens.get(who, "")))

    def put(self, path: str, who: str, body: dict) -> bytes:
        text = json.dumps(body).encode()
        head = request(path, token=self.tokens[who]).replace(b"GET", b"PUT", 1).removesuffix(b"\r\n")
        more = b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(text)
        return self._call(head + more + text)

    def _call(self, wanted: bytes) -> bytes:
        try:
            return self.caller.call(wanted)
        except RuntimeError:
            self.caller = Caller(self.port)  # the rest of the refusal waits on the old connection
            raise

    def address(self, path: str) -> str:
        """Where the path leads to, in one step at the most."""
        try:
            self.get(path)
        except RuntimeError as fault:
            led = re.search(r"^location: (\S+)", str(fault), re.MULTILINE | re.IGNORECASE)
            if led is None:
                raise
            return led[1]
        return path

    def pages(self, path: str, who: str, last: int) -> list[str]:
        """The paths of the pages of a list, as each one's `next` has it."""
        found = [path]
        while len(found) < last and (following := json.loads(self.get(found[-1], who))["next"]):
            found.append(following.partition("127.0.0.1")[2])
        return found


def measure(environment: dict[str, str]) -> Iterator[Row]:
    if "DATABASE_URL" not in environment:
        yield Row("the library", "left out: PostgreSQL and Redis cannot be reached", "none", True)
        return
    manage(environment, "migrate", "--verbosity", "0")
    manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
    started = time.perf_counter()
    tokens = json.loads(run(environment, "bench.crowding", MEMBERS, ENTRIES_IN_ALL, ENTRIES).splitlines()[-1])
    told = f"{time.perf_counter() - started:.0f} s"
    yield Row(f"{MEMBERS:,} members with {ENTRIES_IN_ALL:,} ratings and viewings, made", told, "none", True)
    free = {"THROTTLE_USER": environment["THROTTLE_ANON"], "THROTTLE_WRITE": environment["THROTTLE_ANON"]}
    with serving("config.wsgi:application", environment | free) as server:
        for part in (watchlist, reviews, rating, feed, stats, pages):
            try:
                yield from part(Asking(server.port, tokens), environment)
            except RuntimeError as fault:
                yield Row(part.__name__, f"not there: {str(fault).splitlines()[0]}", "to be there", False)


def watchlist(ask: Asking, _: dict[str, str]) -> Iterator[Row]:
    paths = ask.pages(f"{API}/users/watchlist", "heavy", ENTRIES // PAGE)
    first, last = took_in_turn(lambda: ask.get(paths[0], "heavy"), lambda: ask.get(paths[-1], "heavy"))
    yield row(f"watchlist of {ENTRIES:,}, first page", first, 25)
    yield row(f"its page {len(paths)}", last, 25)
    ratio = percentile(last, 50) / percentile(first, 50)
    yield Row("the last page against the first, by the median", f"{ratio:.2f}", "≤ 1.2", ratio <= 1.2)


def reviews(ask: Asking, _: dict[str, str]) -> Iterator[Row]:
    path = f"{API}/movies/{BEST_KNOWN}/reviews"
    for order in ("newest", "liked"):
        paths = ask.pages(f"{path}?ordering={order}", "other", 20)
        times = took_of_each(paths, lambda path: ask.get(path, "other"))
        yield row(f"reviews of a film that has {MEMBERS:,}, {order}, its first pages", times, 25)


def rating(ask: Asking, _: dict[str, str]) -> Iterator[Row]:
    calls = itertools.count()

    def rate() -> None:
        number = next(calls)
        ask.put(f"{API}/movies/{BEST_KNOWN + number % 500}/ratings", "active", {"value": number % 10 + 1})

    yield row("rating a film", took(rate), 20)


def feed(ask: Asking, _: dict[str, str]) -> Iterator[Row]:
    path = f"{API}/users/feed"
    yield row("feed of one who follows 1,000 with 1,000 acts each", took(lambda: ask.get(path, "fan")), 30)
    paths = ask.pages(path, "fan", 50)
    yield row("its first fifty pages", took_of_each(paths, lambda path: ask.get(path, "fan")), 30)


def stats(ask: Asking, environment: dict[str, str]) -> Iterator[Row]:
    path = f"{API}/users/stats"
    ask.get(path, "heavy")
    yield row(f"stats of {ENTRIES:,} viewings, kept", took(lambda: ask.get(path, "heavy")), 20)
    cache = redis.Redis.from_url(environment["REDIS_URL"])

    def cold() -> None:
        for key in cache.scan_iter(f"*{PREFIX}*:stats:*", count=1000):
            cache.delete(key)

    yield row("the same, counted anew", took(lambda: ask.get(path, "heavy"), calls=20, before=cold), 300)


def pages(ask: Asking, _: dict[str, str]) -> Iterator[Row]:
    """As a stranger sees them: every call is made anew."""
    name = f"/members/member-{MEMBERS + 1}"
    shown = {
        "a film's page": f"/movies/{BEST_KNOWN}",
        "diary": f"{name}/diary",
        "watchlist": f"{name}/watchlist",
        "profile": name,
    }
    for what, path in shown.items():
        try:
            address = ask.address(path)
            yield row(f"page rendered: {what}", took(partial(ask.get, address), calls=100), 60)
        except RuntimeError as fault:
            yield Row(f"page rendered: {what}", f"not there: {str(fault).splitlines()[0]}", "none", True)


def took(call: Callable[[], object], *, calls: int = CALLS, before: Callable[[], None] = lambda: None) -> list[float]:
    """The milliseconds of each call, after three to warm up."""
    times = []
    for number in range(calls + 3):
        before()
        started = time.perf_counter()
        call()
        if number > 2:
            times.append((time.perf_counter() - started) * 1000)
    return times


def took_of_each(paths: list[str], call: Callable[[str], object]) -> list[float]:
    following = itertools.cycle(paths)
    return took(lambda: call(next(following)))


def took_in_turn(*calls: Callable[[], object]) -> Iterable[list[float]]:
    """Of each call, taken in turn, so that what else the machine does hits all alike."""
    times = [[time_of(call) for call in calls] for _ in range(CALLS)]
    return zip(*times, strict=True)


def time_of(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def row(what: str, times: list[float], goal: int) -> Row:
    found = ", ".join(f"p{share} {percentile(times, share):.1f} ms" for share in (50, 95, 99))
    return Row(what, f"{found} ({len(times)} calls)", f"p95 ≤ {goal} ms", percentile(times, 95) <= goal)


def percentile(values: Iterable[float], share: int) -> float:
    """The nearest rank's."""
    ordered = sorted(values)
    return ordered[math.ceil(len(ordered) * share / 100) - 1]
