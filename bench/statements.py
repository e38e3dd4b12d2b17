"""`python -m bench.statements FILE`: the SQL of the list of twenty, as the real view runs it."""

import sys
from pathlib import Path

import django
import orjson

django.setup()

from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient


def main() -> None:
    with CaptureQueriesContext(connection) as queries:
        APIClient().get("/api/v1/movies?page_size=20&runtime_max=19999", headers={"Host": "127.0.0.1"})
    statements = [query["sql"] for query in queries]
    if len(statements) != 3:
        raise SystemExit(f"three statements were expected: {statements}")
    # On PostgreSQL it comes with a setting in front, which gives no rows.
    statements[0] = statements[0].rpartition("; ")[2]
    statements[2] = only_what_is_shown(statements[2])
    Path(sys.argv[1]).write_bytes(orjson.dumps(statements))


def only_what_is_shown(sql: str) -> str:
    """The genres' statement with its columns named, since a raw cursor reads them by place."""
    columns, _, rest = sql.partition(" FROM ")
    if not columns.startswith("SELECT "):
        raise SystemExit(f"a SELECT was expected: {sql}")
    return f"{columns} FROM {rest}"


if __name__ == "__main__":
    main()
