"""The daily export of ids: the first day, one on which little changed, and one on which most popularities did."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.place import ROOT, manage
from bench.report import Row

FILMS = 1_240_000
FIRST, LITTLE, MUCH = FILES = tuple(f"movie_ids_11_{day}_2026.json.gz" for day in (20, 21, 22))
# On SQLite, which holds the staged rows in this process, three times the seconds and the memory.
SQLITE_TIMES, INDEX_SECONDS, MEMORY_MB = 3, 300, 200
DAYS = (
    (FIRST, f"export of {FILMS:,} ids, the first", 60),
    (LITTLE, "the next day's, where little changed", 20),
    (MUCH, "a day's on which six of ten popularities changed", None),
)
STORED = re.compile(r"(.*); ([\d.]+) s$", re.MULTILINE)
INDEXED = re.compile(r"search: ([\d,]+) entries made in ([\d.]+) s")


class Taken(NamedTuple):
    """What the command told, seconds until the rows were stored, then until the search knew them; its memory's peak."""

    told: str
    stored: float
    indexed: float
    memory_mb: float


def measure(environment: dict[str, str]) -> Iterator[Row]:
    folder = environment["DATA_DIR"]
    # In a process of its own: a child's peak is never told to be less than its parent's was.
    subprocess.run([sys.executable, "-m", "bench.exports", folder], cwd=ROOT, env=environment, check=True)
    if "DATABASE_URL" in environment:
        yield from on("PostgreSQL", environment, times=1)
    embedded = {name: value for name, value in environment.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    yield from on("SQLite", embedded, times=SQLITE_TIMES)


def on(database: str, environment: dict[str, str], *, times: int) -> Iterator[Row]:
    manage(environment, "migrate", "--verbosity", "0")
    for name, what, goal in DAYS:
        taken = take_in(environment, Path(environment["DATA_DIR"], name))
        yield held_to(goal and goal * times, "s", f"{what}, into {database}", taken.stored, taken.told)
        # The goal of a million titles is PostgreSQL's.
        yield held_to(INDEX_SECONDS if times == 1 else None, "s", "the search's entries of it", taken.indexed)
        yield held_to(MEMORY_MB * times, "MB", "memory at the peak of both", taken.memory_mb)


def held_to(goal: int | None, unit: str, what: str, found: float, more: str = "") -> Row:
    told = f"{found:.1f} {unit}" + (f": {more}" if more else "")
    return Row(what, told, f"≤ {goal} {unit}" if goal else "none", goal is None or found <= goal)


def take_in(environment: dict[str, str], export: Path) -> Taken:
    command = [sys.executable, "manage.py", "sync_catalog", "--ids", str(export)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as child:
        printed = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(printed)
    stored = STORED.search(printed)
    counts = stored[1].partition(" lines: ")[2]
    return Taken(counts, float(stored[2]), float(INDEXED.search(printed)[2]), used.ru_maxrss / 1024)
