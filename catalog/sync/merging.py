"""One film into another: what members hold moves, and the old film stays as a tombstone that names the new one."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from catalog import caching
from catalog.merging import count_holders, move_holdings
from catalog.models import Movie, SyncFailure
from catalog.retrying import retried
from catalog.search import index
from catalog.sync.offers import end_offers


class MergeRefused(Exception):
    """These films cannot be merged; the text tells an operator why."""


@dataclass(frozen=True)
class Merge:
    """What became of it: the two films, as they were found, and how many rows of members moved."""

    old: Movie
    new: Movie
    moved: int
    ratings: int
    is_reversal: bool


def merge(old_id: int, new_id: int, now: datetime, *, is_dry: bool = False) -> Merge:
    """Merges a film into another, or into the one which that one has been merged into. Twice is once.

    Merging back is possible, and takes along what members had given the new film itself: whose it was is not known
    any more. Raises MergeRefused.
    """
    return retried(partial(_merge, old_id, new_id, now, is_dry=is_dry))


@transaction.atomic
def _merge(old_id: int, new_id: int, now: datetime, *, is_dry: bool) -> Merge:
    old, new = _locked(old_id, new_id)
    is_reversal = new.merged_into_id == old.pk
    if new.gone_at and not is_reversal:
        raise MergeRefused(f"Movie {new.pk} is itself gone from TMDB, since {new.gone_at:%Y-%m-%d}.")
    if is_reversal:
        # Whether TMDB has it is what TMDB is asked next.
        Movie.objects.filter(pk=new.pk).update(merged_into=None, gone_at=None, suspected_at=now)
    moved = move_holdings(old.pk, new.pk)
    ratings = _move_columns(old.pk, new.pk)
    _end(old.pk, new.pk, now)
    if is_dry:
        transaction.set_rollback(True)
    return Merge(old, new, moved, ratings, is_reversal)


def _locked(old_id: int, new_id: int) -> tuple[Movie, Movie]:
    """Both films, locked; the new one is the last of the chain that begins at the one named, unless that is the old."""
    if old_id == new_id:
        raise MergeRefused("A movie cannot be merged into itself.")
    while True:
        end = _end_of_chain(new_id)
        target = new_id if end == old_id else end
        before = transaction.savepoint()
        films = _lock_all(old_id, target)
        for key in (old_id, target):
            if key not in films:
                raise MergeRefused(f"Movie {key} is not held. If TMDB has it: manage.py sync_catalog --movie {key}")
        if films[target].merged_into_id in {None, old_id} and films.keys() >= _merged_into(old_id):
            return films[old_id], films[target]
        # Merged meanwhile. Who keeps these locked while asking for others may wait in a circle with who has those.
        transaction.savepoint_rollback(before)


def _lock_all(old_id: int, new_id: int) -> dict[int, Movie]:
    """All that is written, in one order: the two, and what had been merged into the old, which is to name the new."""
    rows = Movie.objects.filter(Q(pk__in=[old_id, new_id]) | Q(merged_into=old_id)).order_by("pk")
    return {film.pk: film for film in rows.select_for_update(no_key=True)}


def _merged_into(movie_id: int) -> set[int]:
    return set(Movie.objects.filter(merged_into=movie_id).values_list("pk", flat=True))


def _end_of_chain(movie_id: int) -> int:
    """What the film was merged into, and that one in its turn. Chains are kept one link long, and have no circles."""
    into = Movie.objects.filter(pk=movie_id).values_list("merged_into", flat=True).first()
    return _end_of_chain(into) if into else movie_id


def _move_columns(old_id: int, new_id: int) -> int:
    """The members' ratings, as what the floors above have left of them; gives their number. And who holds the film."""
    old = Movie.objects.values("rating_total", "rating_count", "holder_count").get(pk=old_id)
    holders = count_holders(new_id)
    Movie.objects.filter(pk=new_id).update(
        rating_total=F("rating_total") + old["rating_total"],
        rating_count=F("rating_count") + old["rating_count"],
        holder_count=F("holder_count") + old["holder_count"] if holders is None else holders,
    )
    left = 0 if holders is None else count_holders(old_id)
    Movie.objects.filter(pk=old_id).update(rating_total=0, rating_count=0, holder_count=left)
    return old["rating_count"]


def _end(old_id: int, new_id: int, now: datetime) -> None:
    """Makes the old film a tombstone of the new one, and what had been merged into it too."""
    earlier = _merged_into(old_id)
    Movie.objects.filter(pk__in=earlier).update(merged_into=new_id)
    Movie.objects.filter(pk=old_id).update(merged_into=new_id, gone_at=Coalesce("gone_at", now), suspected_at=None)
    SyncFailure.objects.filter(pk=old_id).delete()
    end_offers([old_id], now)
    index.put_movies([old_id, new_id])
    caching.change_movies([old_id, new_id, *earlier])
    transaction.on_commit(caching.drop_lists)
