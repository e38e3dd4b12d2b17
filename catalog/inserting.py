"""New rows of one table, many at once: on PostgreSQL by COPY, on SQLite by one statement that is prepared once.

Most of a run's time would else go there: a well-known film has a thousand rows, and a word of its title ten.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, models

# From so many rows on, the table that COPY needs beside is worth its while.
MANY = 100
STAGE = "CREATE TEMP TABLE {staged} ON COMMIT DROP AS SELECT {columns} FROM {target} WITH NO DATA"
TAKE_IN = "COPY {staged} ({columns}) FROM STDIN"
INSERT = "INSERT INTO {target} ({columns}) SELECT {columns} FROM {staged} {on_conflict}"
DROP = "DROP TABLE {staged}"
ONE = "INSERT INTO {target} ({columns}) VALUES ({marks}) {on_conflict}"
UNLESS_THERE = "ON CONFLICT DO NOTHING"
# What SQLite takes as it is, and Django gives it so too, but for a column of JSON.
PLAIN = {str, int, float, bool, type(None)}


def insert(table: type[models.Model], fields: Sequence[str], rows: Sequence[tuple]) -> None:
    """Inserts the rows, of which none is there yet."""
    if not rows:
        return
    if connection.vendor != "postgresql":
        _one_by_one(table, fields, rows)
    else:
        target, columns = _names(table, fields)
        statement = f"COPY {target} ({columns}) FROM STDIN"
        with connection.wrap_database_errors, connection.cursor() as cursor:
            _copy(cursor, statement, rows)


def insert_new(table: type[models.Model], fields: Sequence[str], rows: Sequence[tuple]) -> None:
    """Inserts the rows whose unique keys are not there yet. The caller's transaction is open."""
    if not rows:
        return
    if connection.vendor != "postgresql":
        _one_by_one(table, fields, rows, UNLESS_THERE)
    elif len(rows) < MANY:
        table.objects.bulk_create(_instances(table, fields, rows), ignore_conflicts=True)
    else:
        _take_in(table, fields, rows, UNLESS_THERE)


def upsert(rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Inserts the rows, all of one table; of those that are there it sets these fields.

    The caller's transaction is open. Values are written as Django would: a column of JSON as JSON.
    """
    if not rows:
        return
    table = type(rows[0])
    key = table._meta.pk
    if connection.vendor == "postgresql" and len(rows) < MANY:
        table.objects.bulk_create(rows, update_conflicts=True, unique_fields=[key.name], update_fields=fields)
        return
    kept = [field for field in table._meta.concrete_fields if not field.generated]
    values = [tuple(field.get_db_prep_save(getattr(row, field.attname), connection) for field in kept) for row in rows]
    name = connection.ops.quote_name
    columns = [name(table._meta.get_field(field).column) for field in fields]
    moved = ", ".join(f"{column} = EXCLUDED.{column}" for column in columns)
    write = _take_in if connection.vendor == "postgresql" else _one_by_one
    write(table, [field.name for field in kept], values, f"ON CONFLICT ({name(key.column)}) DO UPDATE SET {moved}")


def _one_by_one(table: type[models.Model], fields: Sequence[str], rows: Sequence[tuple], on_conflict: str = "") -> None:
    target, columns = _names(table, fields)
    marks = ", ".join("%s" for _ in fields)
    statement = ONE.format(target=target, columns=columns, marks=marks, on_conflict=on_conflict)
    kinds = [table._meta.get_field(field) for field in fields]
    with connection.cursor() as cursor:
        cursor.executemany(statement, [_prepared(kinds, row) for row in rows])


def _prepared(kinds: Sequence[models.Field], row: tuple) -> list:
    given = zip(kinds, row, strict=True)
    return [value if type(value) in PLAIN else kind.get_db_prep_save(value, connection) for kind, value in given]


def _take_in(table: type[models.Model], fields: Sequence[str], rows: Iterable[tuple], on_conflict: str) -> None:
    target, columns = _names(table, fields)
    staged = connection.ops.quote_name(f"new_{table._meta.db_table}")
    stage, take_in, insert, drop = (
        step.format(staged=staged, target=target, columns=columns, on_conflict=on_conflict)
        for step in (STAGE, TAKE_IN, INSERT, DROP)
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
