"""Lists of films: made, changed, cloned, given out by a link."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from accounts.models.visibility import Viewer
from catalog.holders import again_where_merged, counted
from watchlists import films
from watchlists.models import List, ListItem, Viewing, Visibility, WatchlistEntry

BATCH = 1_000


def make(*, owner: User, name: str, **columns: Any) -> List:
    """A new list, without films."""
    return List.objects.create(owner=owner, name=name, **_with_key("", columns))


@transaction.atomic
def change(made: List, **columns: Any) -> List:
    """Sets the columns. Raises `List.DoesNotExist` where it is gone by now."""
    made = List.objects.select_for_update(no_key=True).get(pk=made.pk)
    List.objects.filter(pk=made.pk).update(updated_at=timezone.now(), **_with_key(made.link_key, columns))
    return List.objects.select_related("owner").get(pk=made.pk)


def erase(made: List) -> None:
    """The list and what is in it; that it is gone already is as well."""
    items = ListItem.objects.filter(list=made)
    with counted(made.owner_id, lambda: list(items.values_list("movie_id", flat=True))):
        List.objects.filter(pk=made.pk).delete()


def renew_link(made: List) -> str:
    """A new key, by which the list is read from now on; the one before it opens nothing any more."""
    key = secrets.token_urlsafe(16)
    List.objects.filter(pk=made.pk).update(link_key=key)
    return key


@again_where_merged
def clone(made: List, *, owner: User, **columns: Any) -> List:
    """A private copy of the films and their order, with the notes only where they are the new owner's own."""
    items = _current(made.items.order_by("position", "pk").values("movie_id", "position", "note"))
    is_own = made.owner_id == owner.pk
    given = {"name": made.name, "description": made.description, "is_ranked": made.is_ranked}
    given |= {"visibility": Visibility.PRIVATE} | columns
    with counted(owner.pk, [item["movie_id"] for item in items]):
        copy = make(owner=owner, cloned_from=made, item_count=len(items), **given)
        rows = (ListItem(list=copy, added_by=owner, **item | ({} if is_own else {"note": ""})) for item in items)
        ListItem.objects.bulk_create(rows, batch_size=BATCH)
    return copy


def _current(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """With the films that theirs have become, each of them once."""
    items = list(items)
    becomes = films.current_ids(item["movie_id"] for item in items)
    found: dict[int, dict[str, Any]] = {}
    for item in items:
        found.setdefault(becomes[item["movie_id"]], item)
    return [item | {"movie_id": movie_id} for movie_id, item in found.items()]


def seen_count(made: List, viewer: Viewer) -> int | None:
    """How many of the list's films the viewer has seen, by their diary or watchlist; None where nobody is known."""
    return None if viewer.pk is None else made.items.filter(seen_by(viewer)).count()


def seen_by(viewer: Viewer) -> Q:
    """Of rows about a film: that the viewer has seen it."""
    of_film = {"user": viewer.pk, "movie": OuterRef("movie")}
    watched = WatchlistEntry.objects.filter(is_watched=True, **of_film)
    return Q(Exists(Viewing.objects.filter(**of_film))) | Q(Exists(watched))


@contextmanager
def changing(made: List, movie_ids: list[int]) -> Iterator[List]:
    """The list, locked for whoever changes what is in it; afterwards its owner's films are counted anew, and its own.

    Raises `List.DoesNotExist` where it is gone by now.
    """
    with counted(made.owner_id, movie_ids):
        locked = List.objects.select_for_update(no_key=True).get(pk=made.pk)
        before = locked.item_count
        yield locked
        by = locked.item_count - before
        List.objects.filter(pk=made.pk).update(item_count=F("item_count") + by, updated_at=timezone.now())


def _with_key(key: str, columns: dict[str, Any]) -> dict[str, Any]:
    """A list that is read by link has a key; one that no longer is keeps it, for when it is again."""
    if columns.get("visibility") == Visibility.LINK and not key:
        return columns | {"link_key": secrets.token_urlsafe(16)}
    return columns
