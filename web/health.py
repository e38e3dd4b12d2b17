"""Is this process alive, and is all it needs there? Each check is bounded, and tells no more than what is wrong.

Anybody may ask, so that asking often costs no more than asking once a second.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock
from time import monotonic
from typing import Any

from celery import current_app
from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from web.cached import first_level

PATIENCE = 2.0
KEPT_FOR = 1.0
LAST_WORD_FOR = 30.0
PROBE_KEY = "readyz"
Report = tuple[bool, dict[str, Any]]
_threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="readyz")
_under_way: dict[Callable[[], Any], Future] = {}
_examining = Lock()


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
        line.ensure_connection(max_retries=0)  # kombu's `connect` tries twice, with a pause between


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
# What the floors above tell beside, by name: fit for JSON, for anybody's eyes, and no reason to be unready.
NOTES: dict[str, Callable[[], Any]] = {}


def report() -> Report:
    """What `examine` found within the last second, or finds now: calls at the same time share one examination."""
    if kept := _kept(KEPT_FOR):
        return kept
    # To wait for another call's examination takes a thread. What was found last is told rather, if it is not too old.
    if not _examining.acquire(blocking=False):
        if last := _kept(LAST_WORD_FOR):
            return last
        _examining.acquire()
    try:
        return _kept(KEPT_FOR) or _keep(examine())
    finally:
        _examining.release()


def _kept(seconds: float) -> Report | None:
    found, found_at = first_level.get(PROBE_KEY)[0] or (None, 0.0)
    return found if monotonic() - found_at < seconds else None


def _keep(found: Report) -> Report:
    first_level.put(PROBE_KEY, (found, monotonic()), size=2_000, confirmed_for=KEPT_FOR)
    return found


def examine() -> Report:
    """Whether all is there; of each thing its status and, when it is not, a reason without secrets; and the notes."""
    asked = {name: _begun(check) for name, check in CHECKS.items()}
    noted = {name: _begun(note) for name, note in NOTES.items()}
    wait([*asked.values(), *noted.values()], timeout=PATIENCE)
    found = {name: _finding(future) for name, future in asked.items()}
    is_ready = all(finding["status"] == "ok" for finding in found.values())
    return is_ready, {"checks": found} | {name: _noted(future) for name, future in noted.items()}


def _begun(ask: Callable[[], Any]) -> Future:
    """The question, asked now; one that still hangs from the last time is waited for, and not asked beside itself."""
    future = _under_way.get(ask)
    if future is None or future.done():
        future = _under_way[ask] = _threads.submit(ask)
    return future


def _noted(future: Future) -> Any:
    """The note, or None where it could not be had."""
    if not future.done():
        future.cancel()
        return None
    return None if future.exception() else future.result()


def _finding(future: Future) -> dict[str, str]:
    if not future.done():
        future.cancel()
        return {"status": "unavailable", "reason": f"no answer within {PATIENCE:.0f} s"}
    fault = future.exception()
    if fault is None:
        return {"status": "ok"}
    reason = str(fault) if isinstance(fault, NotReady) else type(fault.__cause__ or fault).__name__
    return {"status": "unavailable", "reason": reason}
