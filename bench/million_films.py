"""A million films on PostgreSQL: the index of the search, what it finds and how fast, and lists by every filter."""

import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from bench.place import ROOT, manage
from bench.report import Row

CLIENTS = 8
SQLITE_FILMS = 60_000
FINDS = {"exact popular": 0.95, "prefix popular": 0.95, "typo popular": 0.90}


def measure(environment: dict[str, str]) -> Iterator[Row]:
    yield from on_sqlite(environment)
    if "DATABASE_URL" not in environment:
        yield Row("a million films", "left out: PostgreSQL and Redis cannot be reached", "none", True)
        return
    run(environment, "bench.million")
    yield from searches(environment)
    yield from lists(environment)


def on_sqlite(environment: dict[str, str]) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="marquee-bench-") as folder:
        alone = {name: value for name, value in environment.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        alone["DATA_DIR"] = folder
        manage(alone, "migrate", "--verbosity", "0")
        ask(alone, "fill", SQLITE_FILMS)
        built = ask(alone, "build")
        told = ask(alone, "times")
        yield Row(f"search index of {SQLITE_FILMS:,} titles on SQLite", f"{built['seconds']:.0f} s", "none", True)
        yield timed(f"search among {SQLITE_FILMS:,} titles on SQLite", told["search"], 25)
        yield timed("suggest there, at every keystroke", told["suggest"], 25)


def searches(environment: dict[str, str]) -> Iterator[Row]:
    built = ask(environment, "build")
    found = f"{built['seconds']:.0f} s for {built['made']:,} entries, {built['memory']:.0f} MB"
    yield Row("search index of a million titles", found, "≤ 300 s", built["seconds"] <= 300)
    told = ask(environment, "times")
    yield timed("search among a million titles", told["search"], 15)
    yield timed("suggest there, at every keystroke of popular titles", told["suggest"], 10)
    yield timed("suggest there, at every keystroke of any titles", told["suggest any"], None)
    yield timed(f"search there, {CLIENTS} clients at once", at_once(environment), 40)
    for kind, share in ask(environment, "found").items():
        goal = FINDS.get(kind)
        yield Row(
            f"among the first three: {kind} titles",
            f"{share:.3f}",
            f"≥ {goal}" if goal else "none",
            share >= (goal or 0),
        )


def at_once(environment: dict[str, str]) -> list[float]:
    """The milliseconds that each client measured, all begun together."""
    clients = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.searching", "client", f"client{number}"],
            cwd=ROOT,
            env=environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for number in range(CLIENTS)
    ]
    for client in clients:
        if client.stdout.readline() != "ready\n":
            raise SystemExit("a client of the search did not start")
    for client in clients:
        client.stdin.write("go\n")
        client.stdin.flush()
    return [took for client in clients for took in json.loads(client.communicate()[0])["search"]]


def lists(environment: dict[str, str]) -> Iterator[Row]:
    told = json.loads(run(environment, "bench.browsing").splitlines()[-1])
    slowest = "; ".join(f"{took:.1f} ms: {query or 'no filter'}" for took, query in told["slowest"])
    found = f"p95 of all calls {told['p95']:.1f} ms; {told['slow']} of {told['combinations']} combinations over 30 ms"
    yield Row("GET /movies by every filter and order, alone and in pairs", found, "≤ 30 ms", told["p95"] <= 30)
    yield Row("the slowest of them (p95 of each)", slowest, "none", True)


def timed(what: str, milliseconds: list[float], goal: int | None) -> Row:
    found = ", ".join(f"p{share} {percentile(milliseconds, share):.1f} ms" for share in (50, 95, 99))
    goal_is_met = goal is None or percentile(milliseconds, 95) <= goal
    told = f"{found} ({len(milliseconds):,} calls)"
    return Row(what, told, f"p95 ≤ {goal} ms" if goal else "none", goal_is_met)


def percentile(values: list[float], share: int) -> float:
    """The nearest rank's."""
    return sorted(values)[math.ceil(len(values) * share / 100) - 1]


def ask(environment: dict[str, str], *task: object) -> dict:
    return json.loads(run(environment, "bench.searching", *task).splitlines()[-1])


def run(environment: dict[str, str], module: str, *arguments: object) -> str:
    """What the module prints; raises `CalledProcessError` where it fails."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
