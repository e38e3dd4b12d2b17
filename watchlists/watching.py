"""What follows from the diary: whether an entry of the watchlist is watched, and which viewings are rewatches."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from watchlists.models import Viewing, WatchlistEntry

BATCH = 500


def follow(user_id: int, movie_ids: Collection[int]) -> None:
    """Makes the member's entries and viewings of the films say what their diary does, where nobody set them by hand."""
    tell_rewatches(Viewing.objects.filter(user=user_id, movie__in_array=movie_ids))
    mark_entries(WatchlistEntry.objects.filter(user=user_id, movie__in_array=movie_ids))


def tell_rewatches(viewings: QuerySet[Viewing]) -> None:
    """All but a member's first of a film are rewatches; what nobody dated is taken for the earliest."""
    of_film = Viewing.objects.filter(user=OuterRef("user"), movie=OuterRef("movie"))
    day = OuterRef("sorted_on")
    earlier = Exists(of_film.filter(Q(sorted_on__lt=day) | Q(sorted_on=day, pk__lt=OuterRef("pk"))))
    wrong = viewings.filter(is_rewatch_set=False).alias(is_later=earlier).exclude(is_rewatch=F("is_later"))
    wrong.update(is_rewatch=earlier)


def mark_entries(entries: QuerySet[WatchlistEntry]) -> None:
    """`is_watched` where there is a viewing; `watched_at` is the day of the last, at midnight UTC."""
    viewings = Viewing.objects.filter(user=OuterRef("user"), movie=OuterRef("movie")).order_by("-sorted_on", "-pk")
    told = entries.filter(is_watched_set=False).annotate(
        is_seen=Exists(viewings), last_on=Subquery(viewings.values("watched_on")[:1])
    )
    changed = []
    for entry in told.only("pk", "is_watched", "watched_at").iterator(BATCH):
        seen = entry.is_seen, at_midnight(entry.last_on)
        if seen != (entry.is_watched, entry.watched_at):
            entry.is_watched, entry.watched_at = seen
            changed.append(entry)
    WatchlistEntry.objects.bulk_update(changed, ["is_watched", "watched_at"], batch_size=BATCH)


def at_midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), UTC)
