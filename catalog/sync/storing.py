"""Writes films: each with all its parts in one transaction, many films in one where that goes well."""

import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar

from django.db import DatabaseError, OperationalError, connection, transaction

from catalog import caching
from catalog.models import Movie, SyncFailure
from catalog.sync.outcomes import Failed
from catalog.sync.parsing import MovieFacts
from catalog.sync.parts import store_parts
from catalog.sync.shared import store_shared

# A deadlock, or SQLite's lock held for longer than its time-out: what another run's writing can cause, and time heals.
ATTEMPTS = 4

Answer = TypeVar("Answer")


@dataclass
class Stored:
    """What became of a batch: ids of films written, ids of those that were held so already, and what failed."""

    changed: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)


def store(films: Sequence[MovieFacts], now: datetime) -> Stored:
    """Stores the films. One that the database will not have is among the failed, and spoils no other.

    Raises `OperationalError` where the database itself is away.
    """
    unique = list({film.tmdb_id: film for film in films}.values())
    if not unique:
        return Stored()
    try:
        return retried(partial(_store_together, unique, now))
    except (DatabaseError, ValueError, OverflowError) as fault:
        _raise_if_away(fault)
        if len(unique) == 1:
            return Stored(failed=[Failed(unique[0].tmdb_id, SyncFailure.Reason.UNSTORABLE, _first_line(fault))])
    stored = Stored()
    for film in unique:
        alone = store([film], now)
        stored.changed += alone.changed
        stored.unchanged += alone.unchanged
        stored.failed += alone.failed
    return stored


def bury(movie_ids: Iterable[int], now: datetime) -> list[int]:
    """Puts a tombstone on those of the films that are held, and keeps all that is known of them; gives their ids."""
    return retried(partial(_bury, sorted(movie_ids), now))


@transaction.atomic
def _bury(movie_ids: list[int], now: datetime) -> list[int]:
    SyncFailure.objects.filter(tmdb_id__in=movie_ids).delete()
    standing = Movie.objects.filter(pk__in=movie_ids, gone_at=None).order_by("pk")
    buried = list(standing.select_for_update().values_list("pk", flat=True))
    if buried:
        Movie.objects.filter(pk__in=buried).update(gone_at=now)
        transaction.on_commit(partial(caching.drop_movies, buried))
    return buried


@transaction.atomic
def _store_together(films: list[MovieFacts], now: datetime) -> Stored:
    keys = sorted(film.tmdb_id for film in films)
    rows = Movie.objects.filter(pk__in=keys).order_by("pk").select_for_update()
    held = {key: digest for key, digest, gone_at in rows.values_list("pk", "digest", "gone_at") if not gone_at}
    changed = sorted((film for film in films if held.get(film.tmdb_id) != film.digest), key=lambda film: film.tmdb_id)
    changed_ids = [film.tmdb_id for film in changed]
    unchanged_ids = sorted(set(keys).difference(changed_ids))
    if unchanged_ids:
        Movie.objects.filter(pk__in=unchanged_ids).update(synced_at=now)
    if changed:
        store_shared(changed)
        _upsert(changed, now)
        store_parts(changed)
        transaction.on_commit(partial(caching.drop_movies, changed_ids))
    SyncFailure.objects.filter(tmdb_id__in=keys).delete()
    return Stored(changed_ids, unchanged_ids)


def _upsert(films: list[MovieFacts], now: datetime) -> None:
    """The films' own rows; a tombstone is lifted, and the members' ratings are nobody's here."""
    rows = [
        Movie(tmdb_id=film.tmdb_id, digest=film.digest, synced_at=now, gone_at=None, **film.columns) for film in films
    ]
    fields = {"digest", "synced_at", "gone_at", "collection", *films[0].columns} - {"collection_id"}
    Movie.objects.bulk_create(rows, update_conflicts=True, unique_fields=["tmdb_id"], update_fields=sorted(fields))


def retried(work: Callable[[], Answer]) -> Answer:
    """What the work gives, done again where another run's writing stood in its way."""
    for attempt in range(1, ATTEMPTS):
        try:
            return work()
        except OperationalError as fault:
            _raise_if_away(fault)
            time.sleep(0.05 * 2**attempt * random.uniform(0.5, 1.5))
    return work()


def _raise_if_away(fault: Exception) -> None:
    """Without a connection nothing can be stored, nor be told to be unstorable."""
    if isinstance(fault, OperationalError) and not connection.in_atomic_block and not connection.is_usable():
        connection.close()
        raise fault


def _first_line(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}".partition("\n")[0][:500]
