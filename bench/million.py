"""`python -m bench.million`: fills the database of `DATABASE_URL` (PostgreSQL) with a million films, always the same.

The 150,000 most popular are detailed: with genres, keywords, credits of 300,000 people, offers in 30 regions, release
dates, votes. What is there already is kept while neither this, nor the migrations, nor the titles have changed.
"""

import hashlib
import itertools
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django

django.setup()

from django.core.management import call_command
from django.db import connection, models

from bench import shelves, titles
from bench.shelves import DETAILED, FILMS, Shelf

ROOT = Path(__file__).resolve().parent.parent
LINES = 10_000
ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
NO_CHECKS = "SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '256MB'"
CHECKS = "RESET session_replication_role; RESET synchronous_commit; RESET maintenance_work_mem"
PLAIN_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
"""


def version() -> str:
    """Of the database's content: changes with whatever decides it."""
    files = [Path(__file__), Path(shelves.__file__), Path(titles.__file__)]
    files += sorted((ROOT / "catalog/migrations").glob("*.py"))
    return hashlib.blake2b(b"".join(file.read_bytes() for file in files), digest_size=8).hexdigest()


def main() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass('catalog_movie'))")
        if cursor.fetchone()[0] == version():
            return
        started = time.perf_counter()
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        call_command("migrate", verbosity=0)
        fill(cursor)
        cursor.execute(f"COMMENT ON TABLE catalog_movie IS '{version()}'")
    print(f"a million films made in {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)


def fill(cursor) -> None:
    tables = shelves.TABLES
    cursor.execute(NO_CHECKS)
    for model in tables:
        give_defaults(cursor, model)
    with without_indexes(cursor, [model._meta.db_table for model in tables]):
        shelf = Shelf()
        for model, (columns, rows) in shelf.reference().items():
            copy(cursor, model, columns, rows)
        films = iter(sorted(titles.titles(FILMS), key=lambda film: -film[4]))
        for start in range(0, FILMS, LINES):
            batch = list(itertools.islice(films, LINES))
            parts = shelf.known(batch) if start >= DETAILED else shelf.detailed(batch, start)
            for model, (columns, rows) in parts.items():
                copy(cursor, model, columns, rows)
    cursor.execute(CHECKS)
    cursor.execute("VACUUM ANALYZE")


def give_defaults(cursor, model: type[models.Model]) -> None:
    """What Django fills in by itself must here be filled in by the database."""
    for field in model._meta.concrete_fields:
        if (
            not field.null
            and not field.primary_key
            and not field.is_relation
            and field.db_default is models.NOT_PROVIDED
        ):
            value = "''" if field.get_internal_type() in {"CharField", "TextField"} else "0"
            value = {"JSONField": "'[]'", "BooleanField": "false", "DateTimeField": "now()", "DateField": "now()"}.get(
                field.get_internal_type(), value
            )
            cursor.execute(f'ALTER TABLE {model._meta.db_table} ALTER COLUMN "{field.column}" SET DEFAULT {value}')


@contextmanager
def without_indexes(cursor, tables: list[str]) -> Iterator[None]:
    """Their plain indexes are made afterwards, which takes a fraction of the time."""
    cursor.execute(PLAIN_INDEXES, [tables])
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _, definition in found:
        cursor.execute(definition)


def copy(cursor, model: type[models.Model], columns: str, rows: Iterable[tuple]) -> None:
    lines = ("\t".join(map(text_of, row)) for row in rows)
    with cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as into:
        into.write("".join(f"{line}\n" for line in lines))


def text_of(value: object) -> str:
    """As COPY reads it."""
    if value is None:
        return r"\N"
    if isinstance(value, bytes):
        return rf"\\x{value.hex()}"
    return value.translate(ESCAPED) if isinstance(value, str) else str(value)


if __name__ == "__main__":
    main()
