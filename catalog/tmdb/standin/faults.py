"""TMDB's bad days on demand: what the answer to a call is instead of the honest one."""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from catalog.tmdb.standin.replies import Reply, over_limit, refused

HTML = "text/html; charset=utf-8"
PAGE = b"<html><head><title>500 Internal Server Error</title></head><body><center>nginx</center></body></html>"
USUAL_LIMIT = 40
STALL = 30.0
CHAOS_STALL = 0.5
JSON_ERRORS = {"status500": 11, "status502": 43, "status503": 9, "status504": 24}
OTHER_CODES = {"error_in_200": 21, "suspended": 10, "vanish": 34}


@dataclass
class Fault:
    """One kind of failure; `times` is how often it still happens (None: always).

    `seconds` is how long a `stall` lasts, `retry_after` what a `status429` says (None: it has no such header).
    """

    target: str
    kind: str
    times: int | None = None
    seconds: float = STALL
    retry_after: int | None = 1

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"There is no fault {self.kind!r}; there are {', '.join(KINDS)}.")

    def hits(self, path: str) -> bool:
        """Whether the call is meant: by the film's id (with all below it), or by a pattern of the path."""
        if self.target.isdigit():
            return path == f"/movie/{self.target}" or path.startswith(f"/movie/{self.target}/")
        return fnmatchcase(path, self.target)

    def answer(self, honest: Callable[[], Reply], wait: Callable[[float], object]) -> Reply:
        """The reply instead of the honest one, which is only made where it is needed."""
        if self.kind == "stall":
            wait(self.seconds)
            return honest()
        if self.kind == "truncated":
            return replace(honest(), wire="cut")
        if self.kind == "status429":
            return over_limit(USUAL_LIMIT, self.retry_after)
        return FIXED[self.kind]


FIXED: dict[str, Reply] = {
    "html500": Reply(500, PAGE, HTML),
    "empty200": Reply(200),
    "not_json": Reply(200, b"<!DOCTYPE html><title>Just a moment...</title>", HTML),
    "list_instead_of_object": Reply(200, b"[]"),
    "reset": Reply(0, wire="reset"),
} | {kind: refused(code) for kind, code in (JSON_ERRORS | OTHER_CODES).items()}
KINDS = (*FIXED, "stall", "truncated", "status429")
# Without those after which a client rightly does not ask again.
PASSING = tuple(kind for kind in KINDS if kind not in OTHER_CODES)


class Faults:
    """The failures to come. The first that hits a call is the one that happens."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []
        self._lock = threading.Lock()
        self._chaos_rate = 0.0
        self._random = random.Random()

    def add(self, target: int | str, kind: str, times: int | None = None, **how: float | None) -> Fault:
        """Plans a fault for a film's id or a pattern such as `/movie/popular` or `/movie/*` (without the `/3`)."""
        fault = Fault(str(target), kind, times, **how)
        with self._lock:
            self._planned.append(fault)
        return fault

    def clear(self) -> None:
        with self._lock:
            self._planned.clear()
            self._chaos_rate = 0.0

    def chaos(self, rate: float, seed: int | None = None) -> None:
        """From now on this share of all calls (0 to 1) fails in a passing way; the same seed, the same sequence."""
        with self._lock:
            self._chaos_rate = rate
            self._random = random.Random(seed)

    def take(self, path: str) -> Fault | None:
        """The fault that this call is to have, counted off."""
        with self._lock:
            for fault in self._planned:
                if fault.times != 0 and fault.hits(path):
                    fault.times = None if fault.times is None else fault.times - 1
                    return fault
            if self._chaos_rate and self._random.random() < self._chaos_rate:
                kind = self._random.choice(PASSING)
                return Fault("*", kind, seconds=CHAOS_STALL, retry_after=self._random.choice((1, None)))
        return None


def parsed(text: str) -> dict[str, object]:
    """What `Faults.add` takes, from `TARGET=KIND[:NUMBER][*TIMES]`, as in `949=stall:3*2` or `/movie/*=html500`.

    The number is a stall's seconds or a 429's `Retry-After`; `status429:none` has no such header.
    """
    target, _, rest = text.rpartition("=")
    rest, _, times = rest.partition("*")
    kind, _, number = rest.partition(":")
    how: dict[str, object] = {"target": target or "*", "kind": kind, "times": int(times) if times else None}
    if kind == "status429" and number:
        how["retry_after"] = None if number == "none" else int(number)
    elif number:
        how["seconds"] = float(number)
    Fault(**how)
    return how
