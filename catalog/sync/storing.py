"""Writes films: each with all its parts in one transaction, many films in one where that goes well."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import DatabaseError, transaction

from catalog import caching
from catalog.database_faults import first_line
from catalog.inserting import upsert
from catalog.models import Movie, SyncFailure
from catalog.retrying import raise_if_away, retried
from catalog.search import index
from catalog.sync.offers import end_offers, store_offers
from catalog.sync.outcomes import Failed
from catalog.sync.parsing import MovieFacts
from catalog.sync.parts import store_parts
from catalog.sync.shared import store_shared


@dataclass
class Stored:
    """What became of a batch: ids of films written, ids of those that were held so already, and what failed."""

    changed: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)


def store(films: Sequence[MovieFacts], now: datetime) -> Stored:
    """Stores the films. One that the database will not have is among the failed, and spoils no other.

    Raises `OperationalError` where the database is away, and `DatabaseUnusable` where it stores nothing of anybody.
    """
    unique = list({film.tmdb_id: film for film in films}.values())
    if not unique:
        return Stored()
    try:
        return retried(partial(_store_together, unique, now))
    except (DatabaseError, ValueError, OverflowError) as fault:
        raise_if_away(fault)
        if len(unique) == 1:
            told = f"{type(fault).__name__}: {first_line(fault)}"
            return Stored(failed=[Failed(unique[0].tmdb_id, SyncFailure.Reason.UNSTORABLE, told)])
    return _store_each(unique, now)


def _store_each(films: list[MovieFacts], now: datetime) -> Stored:
    stored = Stored()
    for film in films:
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
    standing = Movie.objects.filter(pk__in=movie_ids, gone_at=None).order_by("pk")
    buried = list(standing.select_for_update(no_key=True).values_list("pk", flat=True))
    # TMDB's answer ends all suspicion, also that a tombstone might stand again.
    Movie.objects.filter(pk__in=movie_ids, suspected_at__isnull=False).update(suspected_at=None)
    if buried:
        Movie.objects.filter(pk__in=buried).update(gone_at=now)
        end_offers(buried, now)
        index.put_movies(buried)
        caching.change_movies(buried)
    SyncFailure.objects.filter(tmdb_id__in=movie_ids).delete()
    return buried


@transaction.atomic
def _store_together(films: list[MovieFacts], now: datetime) -> Stored:
    keys = sorted(film.tmdb_id for film in films)
    rows = Movie.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True)
    locked = list(rows.values_list("pk", "digest", "gone_at"))
    held = {key: digest for key, digest, gone_at in locked if not gone_at}
    changed = sorted((film for film in films if held.get(film.tmdb_id) != film.digest), key=lambda film: film.tmdb_id)
    changed_ids = [film.tmdb_id for film in changed]
    unchanged_ids = sorted(set(keys).difference(changed_ids))
    if unchanged_ids:
        Movie.objects.filter(pk__in=unchanged_ids).update(synced_at=now, suspected_at=None)
    if changed:
        # Before what films share, for which another run may wait that holds some of them: keys are checked at the end.
        _upsert(changed, now)
        store_shared(changed)
        store_parts(changed)
        index.put_movies(changed_ids)
        caching.change_movies(changed_ids)
    store_offers(films, now, changed=changed_ids, known={key for key, digest, _ in locked if digest})
    SyncFailure.objects.filter(tmdb_id__in=keys).delete()
    return Stored(changed_ids, unchanged_ids)


def _upsert(films: list[MovieFacts], now: datetime) -> None:
    """The films' own rows; a tombstone is lifted, and the members' ratings are nobody's here."""
    standing = {"synced_at": now, "gone_at": None, "merged_into": None, "suspected_at": None}
    rows = [Movie(tmdb_id=film.tmdb_id, digest=film.digest, **standing, **film.columns) for film in films]
    fields = {"digest", "collection", *standing, *films[0].columns} - {"collection_id"}
    upsert(rows, sorted(fields))
