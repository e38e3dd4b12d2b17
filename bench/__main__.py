"""`make bench`: every measurement, printed as it is taken. Exits with 1 when a goal was not met.

`python -m bench starter ids` takes these parts alone.
"""

import platform
import sys
from collections.abc import Iterator

from bench import ids, library, members, million_films, sync, web
from bench.place import manage, place
from bench.report import Row


def starter(environment: dict[str, str]) -> Iterator[Row]:
    """The starter catalogue: its sync, and the web server over it."""
    manage(environment, "migrate", "--verbosity", "0")
    yield sync.unlimited(environment)
    yield from web.measure(environment)
    yield from members.measure(environment)
    yield from sync.limited(environment)


PARTS = {"starter": starter, "ids": ids.measure, "million": million_films.measure, "library": library.measure}


def main() -> int:
    wanted = sys.argv[1:] or list(PARTS)
    if unknown := set(wanted) - PARTS.keys():
        print(f"No such part: {', '.join(sorted(unknown))}. There are {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for number, name in enumerate(wanted):
        with place() as environment:
            if not number:
                print(f"Marquee's bench on {place_of(environment)}\n", flush=True)
            for row in PARTS[name](environment):
                rows.append(row)
                print(row, flush=True)
    missed = [row.what for row in rows if not row.is_met]
    print(f"\n{len(rows)} measured; " + (f"goals not met: {', '.join(missed)}" if missed else "every goal met"))
    return bool(missed)


def place_of(environment: dict[str, str]) -> str:
    on = "PostgreSQL and Redis" if "DATABASE_URL" in environment else "SQLite and files (no services here)"
    return f"{on}, Python {platform.python_version()}, {platform.machine()}"


if __name__ == "__main__":
    sys.exit(main())
