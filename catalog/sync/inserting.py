"""New rows of one table, many at once."""

from collections.abc import Sequence

from django.db import connection, models


def insert(table: type[models.Model], fields: Sequence[str], rows: Sequence[tuple]) -> None:
    """New rows: on PostgreSQL by COPY, for a well-known film has a thousand, and most of a run's time would go here."""
    if connection.vendor != "postgresql":
        table.objects.bulk_create([table(**dict(zip(fields, row, strict=True))) for row in rows])
    elif rows:
        name = connection.ops.quote_name
        columns = ", ".join(name(table._meta.get_field(field).column) for field in fields)
        statement = f"COPY {name(table._meta.db_table)} ({columns}) FROM STDIN"
        with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
