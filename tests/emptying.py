"""Empties the tables after a test that commits: those alone that hold something.

Django would empty every table there is, and make the content types and permissions anew: a second, for each such test.
"""

import time
from functools import cache

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.test import TransactionTestCase

KEPT = {model._meta.db_table for model in (Permission, ContentType)}
# Of bytes. What is deleted stays in PostgreSQL's files until it is vacuumed, and counts for its planner.
LARGE = 1 << 20
SWOLLEN = """SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > %s"""

# One of that size of which an index alone cannot yet tell.
UNSEEN = f"{SWOLLEN} AND relallvisible < relpages"

# What the planner was told of rows that are gone. By that it plans for the next module's, and keeps to it: to check the
# references of some thousand films took it half a minute. On a server that people use, autovacuum tells it anew soon;
# here it is to know of no table more than of a new one. Only who owns the server may say so.
LEARNT = """DELETE FROM pg_statistic USING pg_class WHERE current_setting('is_superuser')::boolean
    AND starelid = pg_class.oid AND relnamespace = 'public'::regnamespace"""
COUNTED = """UPDATE pg_class SET relpages = 0, reltuples = -1, relallvisible = 0
    WHERE current_setting('is_superuser')::boolean
    AND relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples >= 0"""


# Until the end of the transaction no row that is deleted is looked for in the tables that refer to it: all of them are
# emptied too. Again only who owns the server may say so.
UNREFERENCED = """SELECT set_config('session_replication_role', 'replica', true)
    WHERE current_setting('is_superuser')::boolean"""


@cache
def _question(alias: str) -> str:
    """One that gives the names of the tables that hold something."""
    connection = connections[alias]
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    name = connection.ops.quote_name
    rows = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {name(table)})" for table in {*tables} - KEPT)
    return " UNION ALL ".join(rows)


def empty(connection: BaseDatabaseWrapper) -> None:
    quoted = connection.ops.quote_name
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        cursor.execute(_question(connection.alias))
        held = {table for (table,) in cursor.fetchall()}
        large = set()
        if connection.vendor == "postgresql":
            cursor.execute(UNREFERENCED)
            large = _swollen(cursor) & held
        if large:  # before anything is deleted, whose ends would still have to be checked
            cursor.execute(f"TRUNCATE {', '.join(map(quoted, large))} CASCADE")
        for table in held - large:
            cursor.execute(f"DELETE FROM {quoted(table)}")


def sweep(connection: BaseDatabaseWrapper) -> None:
    """Gives back what rows that were undone, or deleted, still take in PostgreSQL: each later look goes past them.

    And nothing is known of them any more.
    """
    with connection.cursor() as cursor:
        for table in _swollen(cursor):
            cursor.execute(f"VACUUM {connection.ops.quote_name(table)}")
        cursor.execute(LEARNT)
        cursor.execute(COUNTED)


def analyse(connection: BaseDatabaseWrapper) -> None:
    """The planner learns what there is; on PostgreSQL also that an index alone may tell of it.

    That it may not as long as anyone, on another database too, has a transaction open who began before: for a moment
    that holds for whoever just comes in. Where many have written at once, some pages were added ahead: they hold
    nothing, never count as seen, and go where the table is written anew.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("ANALYZE")
            return
        for attempt in range(50):
            cursor.execute("VACUUM ANALYZE")
            cursor.execute(UNSEEN, [LARGE])
            unseen = [table for (table,) in cursor.fetchall()]
            if not unseen:
                return
            for table in unseen if attempt == 0 else ():
                cursor.execute(f"VACUUM FULL {connection.ops.quote_name(table)}")
            time.sleep(0.2)
    raise TimeoutError(f"a transaction stays open, of whose past PostgreSQL keeps all that is in {unseen}")


def _swollen(cursor: CursorWrapper) -> set[str]:
    cursor.execute(SWOLLEN, [LARGE])
    return {table for (table,) in cursor.fetchall()}


def _empty_all(test: TransactionTestCase) -> None:
    for alias in test._databases_names(include_mirrors=False):
        empty(connections[alias])


def hasten() -> None:
    """From now on tests that commit are cleared up after like this."""
    TransactionTestCase._fixture_teardown = _empty_all
