"""Browsing a million films: every filter and ordering of GET /movies, alone and in pairs, uncached, pages to the last.

`python -m bench.browsing` measures in the database of `DATABASE_URL`, which bench.million has filled.
"""

import itertools
import json
import math
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import django

django.setup()

from django.db import connection
from django.test import RequestFactory

from catalog.api.movies import MovieListViewSet
from catalog.filters import ORDERINGS
from web.pagination import COUNT_CAP

GOAL_MS = 30
ROUNDS = 2
PAGE = 20
# Of each filter a common value and a rare one.
FILTERS = {
    "genre": ["18", "27", "37"],
    "year": ["2020", "1965"],
    "year_min": ["2015"],
    "year_max": ["1960"],
    "runtime_min": ["120"],
    "runtime_max": ["40"],
    "rating_min": ["7", "9.2"],
    "votes_min": ["20", "2000"],
    "language": ["en", "ja", "xx"],
    "person": ["1", "4000"],
    "keyword": ["1", "5000"],
    "collection": ["17"],
    "provider": ["1&region=US", "150&region=SE"],
}


@dataclass
class Case:
    """One combination, and how long each of its calls took, in milliseconds."""

    query: str
    times: list[float] = field(default_factory=list)
    pages: dict[int, list[float]] = field(default_factory=dict)

    @property
    def p95(self) -> float:
        return percentile(self.times, 95)


def percentile(values: list[float], share: int) -> float:
    """The nearest rank's."""
    return sorted(values)[math.ceil(len(values) * share / 100) - 1]


def cases() -> Iterator[Case]:
    """Each value alone, with each ordering, and with each value of another filter."""
    narrowed = [(name, f"{name}={value}") for name, values in FILTERS.items() for value in values]
    ordered = [f"ordering={sign}{name}" for name in ORDERINGS for sign in ("", "-")]
    for query in ("", *ordered, *(query for _, query in narrowed)):
        yield Case(query)
    for (_, query), order in itertools.product(narrowed, ordered):
        yield Case(f"{query}&{order}")
    for (name, first), (other, second) in itertools.combinations(narrowed, 2):
        if name != other:
            yield Case(f"{first}&{second}")


def worked() -> float:
    """CPU time of this process and of the database's that serves it, in milliseconds."""
    with connection.cursor() as cursor:
        pid = cursor.connection.info.backend_pid
    return time.process_time() * 1000 + int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


def passed() -> float:
    return time.perf_counter() * 1000


# With `BY_CPU`, on a machine that others use as well, what was worked is counted, and not what was waited.
clock = worked if os.environ.get("BY_CPU") else passed
view = MovieListViewSet.as_view({"get": "list"}).__wrapped__
requests = RequestFactory(SERVER_NAME="localhost")


def call(query: str, page: int) -> tuple[float, int]:
    """Milliseconds of one uncached answer, and the count it told."""
    request = requests.get(f"/api/v1/movies?{query}&page={page}")
    started = clock()
    response = view(request).render()
    took = clock() - started
    if response.status_code != 200:
        raise SystemExit(f"{query}, page {page}: {response.content.decode()}")
    return took, response.data["count"]


def measure(case: Case, rounds: int = ROUNDS) -> None:
    """The first page, the middle and the last one, so many times each."""
    _, count = call(case.query, 1)
    last = max(1, math.ceil(min(count, COUNT_CAP) / PAGE))
    for page in sorted({1, math.ceil(last / 2), last}):
        case.pages[page] = [call(case.query, page)[0] for _ in range(rounds)]
        case.times += case.pages[page]


def main() -> None:
    measured = list(cases())
    for case in measured:
        measure(case)
    slow = [case for case in measured if case.p95 > GOAL_MS]
    total = percentile([took for case in measured for took in case.times], 95)
    slowest = sorted(measured, key=lambda case: -case.p95)[: int(sys.argv[1]) if len(sys.argv) > 1 else 10]
    for case in slowest:
        pages = ", ".join(f"page {page}: {min(times):.0f}" for page, times in case.pages.items())
        print(f"{case.p95:6.1f} ms  {case.query}  ({pages})", file=sys.stderr)
    told = {"combinations": len(measured), "p95": total, "slow": len(slow)}
    print(json.dumps(told | {"slowest": [[case.p95, case.query] for case in slowest]}))


if __name__ == "__main__":
    main()
