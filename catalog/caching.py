"""What the catalogue keeps rendered, and what a change makes stale."""

from collections.abc import Iterable

from web.cached import drop

LISTS = "lists"
REFERENCE = "reference"


def movie_tag(movie_id: int | str) -> str:
    return f"movie:{int(movie_id)}"


def drop_movies(ids: Iterable[int]) -> None:
    """Drops the rendered details of these films; call it once the change is committed."""
    drop(map(movie_tag, ids))


def drop_lists() -> None:
    """Drops every rendered list of films, and what is asked of people and collections."""
    drop([LISTS])


def drop_reference() -> None:
    """Drops the rendered genres, providers and regions."""
    drop([REFERENCE])
