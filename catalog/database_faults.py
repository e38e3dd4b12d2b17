"""Faults that are the database's own and no film's: nothing can be stored until somebody mends it."""

import sqlite3

from django.db import OperationalError

# Not to be written to, full, broken, out of reach; by SQLite's primary codes.
SQLITE_CODES = frozenset({
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB,
})  # fmt: skip
# The same by PostgreSQL's: no connection, read-only, no such database, no resources (a full disk), shutting down, its
# system's and its own faults; and rights, tables and columns that are missing.
SQL_STATES = ("08", "25006", "3D", "53", "57P", "58", "XX", "42501", "42P01", "42703")
MISSING = "no such "


class DatabaseUnusable(OperationalError):
    """The database's own fault, in one line."""


def is_own(fault: Exception) -> bool:
    """Whether the fault would meet any other film too."""
    if isinstance(fault, DatabaseUnusable):
        return True
    cause = fault.__cause__
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # above it are details
        return code in SQLITE_CODES or str(cause).startswith(MISSING)
    return (getattr(cause, "sqlstate", None) or "").startswith(SQL_STATES)


def raise_if_own(fault: Exception) -> None:
    """Raises `DatabaseUnusable` for the database's own fault."""
    if is_own(fault):
        raise DatabaseUnusable(first_line(fault)) from fault


def first_line(fault: Exception) -> str:
    return str(fault).strip().partition("\n")[0][:500] or type(fault).__name__
