"""The web measurements: cached reads against a bare view, an uncached list against one written by hand."""

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.load import Caller, Measured, request, side_by_side
from bench.place import ROOT
from bench.report import Row
from bench.servers import Server, serving

DETAIL = "/api/v1/movies/603"
POPULAR = "/api/v1/movies/popular"
CALLERS = 2_000


def measure(environment: dict[str, str]) -> Iterator[Row]:
    folder = Path(environment["DATA_DIR"]) / "bodies"
    folder.mkdir()
    with serving("config.wsgi:application", environment) as real:
        caller = Caller(real.port)
        (folder / "detail.json").write_bytes(caller.call(request(DETAIL)))
        (folder / "popular.json").write_bytes(caller.call(request(POPULAR)))
        capture_statements(environment, folder / "list.sql")
        with serving("bench.bare:application", environment | {"BENCH_BODIES": str(folder)}) as bare:
            yield from cached(real, bare, folder)
            yield from uncached(real, bare)
        yield Row("web process, resident memory", f"{real.memory_mb():.0f} MB", "≤ 180 MB", real.memory_mb() <= 180)


def cached(real: Server, bare: Server, folder: Path) -> Iterator[Row]:
    for name, path in (("detail", DETAIL), ("popular", POPULAR)):
        size = (folder / f"{name}.json").stat().st_size
        plain = itertools.repeat(request(f"/body/{name}"))
        ours, theirs = side_by_side((real, itertools.repeat(request(path))), (bare, plain), 3_000)
        yield ratio(f"cached {name} ({size:,} bytes), one busy caller, against a bare view", ours, theirs, 0.5)
        many = itertools.cycle([request(path, f"192.0.{n // 250}.{n % 250}") for n in range(CALLERS)])
        ours, theirs = side_by_side((real, many), (bare, plain), 3_000)
        yield ratio(f"cached {name}, {CALLERS:,} callers in turn (not the goal's case)", ours, theirs, None)


def uncached(real: Server, bare: Server) -> Iterator[Row]:
    """Each call asks for what no call has asked before: the same films, by a filter that never repeats."""
    numbers = itertools.count(20_000)
    fresh = (request(f"/api/v1/movies?page_size=20&runtime_max={number}") for number in numbers)
    ours, theirs = side_by_side((real, fresh), (bare, itertools.repeat(request("/written"))), 200)
    yield ratio("uncached list of 20, against a view written by hand", ours, theirs, 0.6)
    ours, theirs = side_by_side((real, fresh), (bare, itertools.repeat(request("/rows"))), 200)
    yield ratio("uncached list of 20, against its ready-made SQL (not the goal's case)", ours, theirs, None)


def ratio(what: str, ours: Measured, theirs: Measured, goal: float | None) -> Row:
    """The goal is held against calls a second, which a caller sees; the server's CPU is told beside it."""
    by_rate, by_cpu = ours.rate / theirs.rate, theirs.cpu_ms / ours.cpu_ms
    told = (
        f"{by_rate:.2f} of it by calls a second ({ours.rate:,.0f} against {theirs.rate:,.0f}), "
        f"{by_cpu:.2f} by the server's CPU ({ours.cpu_ms:.3f} against {theirs.cpu_ms:.3f} ms a call)"
    )
    return Row(what, told, f"≥ {goal}" if goal else "none", by_rate >= goal if goal else True)


def capture_statements(environment: dict[str, str], file: Path) -> None:
    """Writes the SQL that the real list runs, with its values in place."""
    command = [sys.executable, "-m", "bench.statements", str(file)]
    subprocess.run(
        command, cwd=ROOT, env=environment | {"PATH": os.environ["PATH"]}, check=True, stdout=subprocess.DEVNULL
    )
