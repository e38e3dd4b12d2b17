"""Films of which the daily export and what is held say different things; TMDB itself is asked which is so.

A film that is held and no longer listed, and a tombstone that is listed again: both are marked by `suspected_at`, and
nothing but TMDB's own answer makes a tombstone, or lifts one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from catalog.models import Movie, SyncFailure
from catalog.retrying import retried
from catalog.sync import export_staging as staged
from catalog.sync.worth import in_chunks

# Of an export that lists fewer of the films held, nothing is believed of the rest.
PLAUSIBLE_SHARE = 0.9
CHUNK = 5_000


@dataclass
class Suspicion:
    """What an export made doubtful. `reason` says why nobody is suspected, where the export is not to be believed."""

    held: int = 0
    missing: int = 0
    suspected: int = 0
    listed_again: int = 0
    reason: str = ""

    def __str__(self) -> str:
        again = (
            f"{self.listed_again:,} tombstones are listed again, and due to be asked for" if self.listed_again else ""
        )
        if self.reason:
            return "; ".join(filter(None, [f"nobody is suspected, since {self.reason}", again]))
        told = f"{self.missing:,} of {self.held:,} films held are not listed, {self.suspected:,} of them suspected anew"
        return "; ".join(filter(None, [told, again]))


def suspect(made_at: datetime, now: datetime, *, disbelief: str = "", is_dry: bool = False) -> Suspicion:
    """Marks the films of which the staged export says otherwise; those fetched since it was made are not meant.

    With `disbelief`, which says why, only what is listed counts, and not what is missing.
    """
    found = Suspicion(reason=disbelief)
    gone_before = Q(gone_at__lt=made_at)
    found.listed_again = _mark(staged.listed_tombstones(), gone_before, now, is_dry=is_dry)
    found.held, found.missing = staged.count_missing()
    if not disbelief and found.held - found.missing < PLAUSIBLE_SHARE * found.held:
        found.reason = f"only {found.held - found.missing:,} of {found.held:,} films held are listed"
    if not found.reason:
        standing_since = Q(gone_at=None) & (Q(synced_at=None) | Q(synced_at__lt=made_at))
        found.suspected = _mark(staged.missing(), standing_since, now, is_dry=is_dry)
    return found


def suspected_movies(limit: int | None = None) -> Iterator[int]:
    """The films to ask TMDB for, the longest suspected first; those put aside have a time of their own."""
    aside = SyncFailure.objects.filter(pk=OuterRef("pk"))
    films = Movie.objects.filter(~Exists(aside), suspected_at__isnull=False).order_by("suspected_at", "pk")
    return islice(in_chunks(films), limit)


def _mark(ids: list[int], condition: Q, now: datetime, *, is_dry: bool) -> int:
    chunks = [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
    if is_dry:
        return sum(Movie.objects.filter(condition, pk__in=chunk).count() for chunk in chunks)
    return sum(retried(lambda chunk=chunk: _mark_chunk(chunk, condition, now)) for chunk in chunks)


@transaction.atomic
def _mark_chunk(ids: list[int], condition: Q, now: datetime) -> int:
    rows = Movie.objects.filter(condition, pk__in=ids, suspected_at=None).order_by("pk").select_for_update(no_key=True)
    locked = list(rows.values_list("pk", flat=True))
    return Movie.objects.filter(pk__in=locked).update(suspected_at=now)
