"""What the catalogue keeps rendered, and what a change makes stale."""

from collections.abc import Collection, Iterable
from functools import partial

from django.db import transaction

from web.dropping import drop, drop_all, lapse

__all__ = ["change_movies", "drop_all", "drop_lists", "drop_movies", "drop_reference", "movie_tag"]
LISTS = "lists"
REFERENCE = "reference"


def movie_tag(movie_id: int | str) -> str:
    return f"movie:{int(movie_id)}"


def drop_movies(ids: Iterable[int]) -> None:
    """Drops the rendered details of these films; call it once the change is committed."""
    drop(map(movie_tag, ids))


def change_movies(ids: Collection[int]) -> None:
    """Within the transaction that changes these films: drops their rendered details once it is committed.

    Whoever is killed between the two leaves details behind that are used for a minute more; so are the lists of a run
    that is killed before its end, at which it drops them once for all of its films.
    """
    lapse([LISTS, *map(movie_tag, ids)])
    transaction.on_commit(partial(drop_movies, ids))


def drop_lists() -> None:
    """Drops every rendered list of films, and what is asked of people and collections."""
    drop([LISTS])


def drop_reference() -> None:
    """Drops the rendered genres, providers and regions."""
    drop([REFERENCE])
