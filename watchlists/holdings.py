"""What this floor tells the ones below: who holds which film, and how that moves when films are merged."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import F, QuerySet

from catalog.holders import tells_held
from catalog.merging import move_rows, moves_holdings, tells_holders
from watchlists import watching
from watchlists.models import Favorite, List, ListItem, Viewing, WatchlistEntry

# Each table of films, with the path to the member who holds them.
TABLES = ((WatchlistEntry, "user"), (Favorite, "user"), (Viewing, "user"), (ListItem, "list__owner"))


def _union(rows: Iterable[QuerySet]) -> QuerySet:
    first, *others = rows
    return first.union(*others)


@tells_held
def held_here(user_id: int, movie_ids: Collection[int]) -> Iterable[QuerySet]:
    mine = (model.objects.filter(**{owner: user_id}) for model, owner in TABLES)
    return [rows.filter(movie__in_array=movie_ids).values_list("movie_id") for rows in mine]


@tells_holders
def holders_here(movie_id: int) -> Iterable[int]:
    return _union(model.objects.filter(movie=movie_id).values_list(owner, flat=True) for model, owner in TABLES)


def films_of(user_id: int) -> set[int]:
    """All films that the member holds here."""
    return set(
        _union(model.objects.filter(**{owner: user_id}).values_list("movie_id", flat=True) for model, owner in TABLES)
    )


@moves_holdings
def move(old_id: int, new_id: int) -> int:
    """Where a member held both films, one row is left that says what both said."""
    entries = move_rows(WatchlistEntry, old_id, new_id, unique_with=["user"], resolve=_join_entries)
    favorites = move_rows(Favorite, old_id, new_id, unique_with=["user"], resolve=_join_favorites)
    viewings = move_rows(Viewing, old_id, new_id)
    items = move_rows(ListItem, old_id, new_id, unique_with=["list"], resolve=_join_items)
    shorter = [item.list_id for item in items.doubled]
    List.objects.filter(pk__in_array=shorter).update(item_count=F("item_count") - 1)
    watching.tell_rewatches(Viewing.objects.filter(movie=new_id))
    watching.mark_entries(WatchlistEntry.objects.filter(movie=new_id))
    return sum(found.moved + len(found.doubled) for found in (entries, favorites, viewings, items))


def _join_entries(staying: WatchlistEntry, leaving: WatchlistEntry) -> list[str]:
    staying.added_at = min(staying.added_at, leaving.added_at)
    staying.priority = max(staying.priority, leaving.priority)
    staying.note = _both(staying.note, leaving.note)
    if leaving.is_watched and leaving.is_watched_set:
        staying.watched_at = _latest(staying.watched_at, leaving.watched_at)
        staying.is_watched = staying.is_watched_set = True
    return ["added_at", "priority", "note", "watched_at", "is_watched", "is_watched_set"]


def _join_favorites(staying: Favorite, leaving: Favorite) -> list[str]:
    staying.position = min(staying.position, leaving.position)
    staying.added_at = min(staying.added_at, leaving.added_at)
    return ["position", "added_at"]


def _join_items(staying: ListItem, leaving: ListItem) -> list[str]:
    staying.position = min(staying.position, leaving.position)
    staying.note = _both(staying.note, leaving.note)
    return ["position", "note"]


def _both(*notes: str) -> str:
    """What both said, as far as there is room."""
    return " / ".join(dict.fromkeys(filter(None, notes)))[:500]


def _latest(*times: datetime | None) -> datetime | None:
    return max((time for time in times if time), default=None)
