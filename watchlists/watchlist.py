"""What a member means to see."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from django.utils import timezone

from accounts.models import User
from catalog.holders import again_where_merged, counted
from catalog.models import Movie
from watchlists import films, watching
from watchlists.models import WatchlistEntry

# Of one call.
MOST_AT_ONCE = 500
ADDED, ALREADY, REMOVED, ABSENT, UNKNOWN = "added", "already", "removed", "absent", "unknown"


class Result(NamedTuple):
    """What became of one film of many: `movie_id` as it was asked for, and one of the five words above."""

    movie_id: int
    result: str


@again_where_merged
def add(*, user: User, movie_id: int, note: str = "", priority: int = 0) -> tuple[WatchlistEntry, bool]:
    """Puts the film on the watchlist, watched where the diary says so; gives the entry, and whether it is new.

    One that is there stays as it is. Raises `NoSuchFilm`.
    """
    movie = films.held(movie_id)
    with counted(user.pk, [movie.pk]):
        columns = {"note": note, "priority": priority}
        _, is_new = WatchlistEntry.objects.get_or_create(user=user, movie=movie, defaults=columns)
        if is_new:
            watching.mark_entries(WatchlistEntry.objects.filter(user=user, movie=movie))
        return WatchlistEntry.objects.get(user=user, movie=movie), is_new


@again_where_merged
def remove(*, user: User, movie_id: int) -> bool:
    """Takes the film off; whether it was there."""
    movie_id = films.current_id(movie_id)
    with counted(user.pk, [movie_id]):
        return WatchlistEntry.objects.filter(user=user, movie=movie_id).delete()[0] > 0


@again_where_merged
def change(*, user: User, movie_id: int, **values: Any) -> WatchlistEntry:
    """Sets those of `note`, `priority`, `watched` and `watched_at` that are given.

    `watched` by hand stays, whatever the diary says, until it is set to None, which lets the diary tell again. Watched
    without a time means now; with None, at nobody knows when. Raises `WatchlistEntry.DoesNotExist`.
    """
    movie_id = films.current_id(movie_id)
    with counted(user.pk, [movie_id]):
        entry = WatchlistEntry.objects.get(user=user, movie=movie_id)
        for name in ("note", "priority"):
            setattr(entry, name, values.get(name, getattr(entry, name)))
        if "watched" in values or "watched_at" in values:
            _set_watched(entry, values)
        entry.save()
        watching.mark_entries(WatchlistEntry.objects.filter(pk=entry.pk))
        entry.refresh_from_db()
        return entry


@again_where_merged
def change_many(*, user: User, add: Collection[int] = (), remove: Collection[int] = ()) -> list[Result]:
    """Adds and takes off many films at once; what became of each, in the order asked. No film may be in both."""
    held, unwanted = films.held_all(add), films.current_ids(remove)
    wanted = {movie.pk for movie in held.values() if movie}
    touched = [*wanted, *unwanted.values()]
    with counted(user.pk, touched):
        entries = WatchlistEntry.objects.filter(user=user)
        there = set(entries.filter(movie__in_array=touched).values_list("movie_id", flat=True))
        new = [WatchlistEntry(user=user, movie_id=pk) for pk in sorted(wanted - there)]
        WatchlistEntry.objects.bulk_create(new, batch_size=MOST_AT_ONCE)
        watching.mark_entries(entries.filter(movie__in_array=[entry.movie_id for entry in new]))
        entries.filter(movie__in_array=list(unwanted.values())).delete()
    gone = (Result(asked, REMOVED if pk in there else ABSENT) for asked, pk in unwanted.items())
    return [*_came(held, there), *gone]


def _came(held: dict[int, Movie | None], there: set[int]) -> Iterator[Result]:
    for asked, movie in held.items():
        if movie is None:
            yield Result(asked, UNKNOWN)
        else:
            yield Result(asked, ALREADY if movie.pk in there else ADDED)


def _set_watched(entry: WatchlistEntry, values: dict[str, Any]) -> None:
    watched = values.get("watched", True)
    entry.is_watched_set, entry.is_watched = watched is not None, bool(watched)
    at = values.get("watched_at", entry.watched_at or timezone.now())
    entry.watched_at = at if watched else None
