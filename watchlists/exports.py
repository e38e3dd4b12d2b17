"""The library's parts of the archive of what is held about a member."""

from collections.abc import Iterable
from typing import Any

from accounts.exports import add_part
from accounts.models import User
from watchlists.models import Companion, ListItem

FILM = ("movie_id", "movie__title")


def _watchlist(user: User) -> Iterable[dict[str, Any]]:
    return user.watchlist.order_by("pk").values(*FILM, "added_at", "note", "priority", "is_watched", "watched_at")


def _favorites(user: User) -> Iterable[dict[str, Any]]:
    return user.favorites.in_order().values(*FILM, "added_at")


def _history(user: User) -> Iterable[dict[str, Any]]:
    said = ("watched_on", "precision", "is_rewatch", "rating", "note", "tags", "source", "external_id", "created_at")
    named: dict[int, list[str]] = {}
    for viewing_id, name in Companion.objects.filter(viewing__user=user).values_list("viewing", "member__username"):
        named.setdefault(viewing_id, []).append(name)
    for row in user.viewings.order_by("pk").values("id", *FILM, *said):
        yield row | {"companions": named.get(row["id"], [])}


def _lists(user: User) -> Iterable[dict[str, Any]]:
    return user.lists.order_by("pk").values(
        "id", "name", "description", "is_ranked", "visibility", "created_at", "updated_at"
    )


def _list_items(user: User) -> Iterable[dict[str, Any]]:
    items = ListItem.objects.filter(list__owner=user).order_by("list", "position", "pk")
    return items.values("list_id", "list__name", *FILM, "note", "added_at")


def _shared_lists(user: User) -> Iterable[dict[str, Any]]:
    return user.shared_lists.order_by("pk").values("list__name", "list__owner__username", "role", "accepted_at")


def _seen_with(user: User) -> Iterable[dict[str, Any]]:
    film = ("viewing__movie_id", "viewing__movie__title", "viewing__watched_on")
    return user.seen_with.order_by("pk").values("viewing__user__username", *film, "declined_at")


add_part("watchlist", _watchlist)
add_part("favorites", _favorites)
add_part("history", _history)
add_part("lists", _lists)
add_part("list_items", _list_items)
add_part("shared_lists", _shared_lists)
add_part("seen_with", _seen_with)
