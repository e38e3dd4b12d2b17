"""New rows of one table, many at once: on PostgreSQL by COPY, where most of a run's time would else go.

A well-known film has a thousand rows, and a word of its title ten.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, models

# From so many rows on, the table that COPY needs beside is worth its while.
MANY = 100
STAGE = "CREATE TEMP TABLE {staged} ON COMMIT DROP AS SELECT {columns} FROM {target} WITH NO DATA"
TAKE_IN = "COPY {staged} ({columns}) FROM STDIN"
INSERT = "INSERT INTO {target} ({columns}) SELECT {columns} FROM {staged} ON CONFLICT DO NOTHING"
DROP = "DROP TABLE {staged}"


def insert(table: type[models.Model], fields: Sequence[str], rows: Sequence[tuple]) -> None:
    """Inserts the rows, of which none is there yet."""
    if connection.vendor != "postgresql":
        table.objects.bulk_create(_instances(table, fields, rows))
    elif rows:
        target, columns = _names(table, fields)
        statement = f"COPY {target} ({columns}) FROM STDIN"
        with connection.wrap_database_errors, connection.cursor() as cursor:
            _copy(cursor, statement, rows)


def insert_new(table: type[models.Model], fields: Sequence[str], rows: Sequence[tuple]) -> None:
    """Inserts the rows whose unique keys are not there yet. The caller's transaction is open."""
    if connection.vendor != "postgresql" or len(rows) < MANY:
        table.objects.bulk_create(_instances(table, fields, rows), ignore_conflicts=True)
        return
    target, columns = _names(table, fields)
    staged = connection.ops.quote_name(f"new_{table._meta.db_table}")
    stage, take_in, insert, drop = (
        step.format(staged=staged, target=target, columns=columns) for step in (STAGE, TAKE_IN, INSERT, DROP)
    )
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.execute(stage)
        _copy(cursor, take_in, rows)
        cursor.execute(insert)
        cursor.execute(drop)


def _instances(table: type[models.Model], fields: Sequence[str], rows: Sequence[tuple]) -> list[models.Model]:
    return [table(**dict(zip(fields, row, strict=True))) for row in rows]


def _names(table: type[models.Model], fields: Sequence[str]) -> tuple[str, str]:
    name = connection.ops.quote_name
    columns = ", ".join(name(table._meta.get_field(field).column) for field in fields)
    return name(table._meta.db_table), columns


def _copy(cursor: object, statement: str, rows: Iterable[tuple]) -> None:
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
