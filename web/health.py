"""Is this process alive, and is all it needs there? Each check is bounded, and tells no more than what is wrong."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from celery import current_app
from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

PATIENCE = 2.0
PROBE_KEY = "readyz"
_threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="readyz")


class NotReady(Exception):
    """A check's own finding, in words for the operator."""


def database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()


def shared_cache() -> None:
    if hasattr(cache, "ping"):
        cache.ping()
        return
    cache.set(PROBE_KEY, 1, 60)
    if cache.get(PROBE_KEY) != 1:
        raise NotReady("does not keep what it is given")


def broker() -> None:
    options: dict[str, float] = {}
    if str(current_app.conf.broker_write_url or current_app.conf.broker_url).startswith("redis"):
        options = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}
    with current_app.connection_for_write(connect_timeout=PATIENCE, transport_options=options) as line:
        line.connect()


def migrations() -> None:
    try:
        applied = MigrationRecorder(connection).applied_migrations()
        pending = set(MigrationLoader(None).disk_migrations) - set(applied)
    finally:
        connection.close()
    if pending:
        raise NotReady(f"{len(pending)} to apply")


CHECKS: dict[str, Callable[[], None]] = {
    "database": database,
    "cache": shared_cache,
    "broker": broker,
    "migrations": migrations,
}


def report() -> tuple[bool, dict[str, dict[str, str]]]:
    """Whether all is there, and for each thing its status and, when it is not, a reason without secrets."""
    asked = {name: _threads.submit(check) for name, check in CHECKS.items()}
    wait(asked.values(), timeout=PATIENCE)
    found = {name: _finding(future) for name, future in asked.items()}
    return all(finding["status"] == "ok" for finding in found.values()), found


def _finding(future: Future) -> dict[str, str]:
    if not future.done():
        future.cancel()
        return {"status": "unavailable", "reason": f"no answer within {PATIENCE:.0f} s"}
    fault = future.exception()
    if fault is None:
        return {"status": "ok"}
    return {"status": "unavailable", "reason": str(fault) if isinstance(fault, NotReady) else type(fault).__name__}
