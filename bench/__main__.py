"""`make bench`: every measurement, printed as it is taken. Exits with 1 when a goal was not met."""

import platform
import sys

from bench import sync, web
from bench.place import manage, place
from bench.report import Row


def main() -> int:
    rows: list[Row] = []
    with place() as environment:
        on = "PostgreSQL and Redis" if "DATABASE_URL" in environment else "SQLite and files (no services here)"
        print(f"Marquee's bench on {on}, Python {platform.python_version()}, {platform.machine()}\n", flush=True)
        manage(environment, "migrate", "--verbosity", "0")
        tell(rows, sync.unlimited(environment))
        for measure in (web.measure, sync.limited):
            for row in measure(environment):
                tell(rows, row)
    missed = [row.what for row in rows if not row.is_met]
    print(f"\n{len(rows)} measured; " + (f"goals not met: {', '.join(missed)}" if missed else "every goal met"))
    return bool(missed)


def tell(rows: list[Row], row: Row) -> None:
    rows.append(row)
    print(row, flush=True)


if __name__ == "__main__":
    sys.exit(main())
