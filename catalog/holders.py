"""How many members hold a film, kept as a column of it: each member counts once, whichever floors hold it for them.

A floor that holds films for members tells what it holds by `tells_held`, in its `AppConfig.ready`, and does whatever
gives a film to a member, or takes one away, within `counted`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cache

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest

from catalog.models import Movie
from catalog.statements import Statement

Films = Collection[int] | Callable[[], Collection[int]]
Held = Callable[[int, Collection[int]], Iterable[QuerySet]]
_held: dict[str, Held] = {}


def tells_held(held: Held) -> Held:
    """Registers `held(user_id, movie_ids)`, which gives for each table of its floor what finds the films held there.

    In each the member is narrowed to before the films are: by two filters, since one filter has an order of its own.
    """
    _held[f"{held.__module__}.{held.__qualname__}"] = held
    _statement.cache_clear()
    return held


@cache
def _statement() -> tuple[Statement, int]:
    """What asks all tables at once, and how many there are: a member who changes anything asks it twice."""
    first, *others = tables = [rows for held in _held.values() for rows in held(0, [])]
    return Statement(lambda: first.union(*others)), len(tables)


def held_by(user_id: int, movie_ids: Collection[int]) -> set[int]:
    """Those of the films that the member holds anywhere."""
    if not movie_ids:
        return set()
    statement, tables = _statement()
    return {movie_id for (movie_id,) in statement.rows(*(user_id, list(movie_ids)) * tables)}


@contextmanager
def counted(user_id: int, films: Films) -> Iterator[Collection[int]]:
    """A transaction after which the films' `holder_count` is right, whatever of theirs the member got or lost in it.

    The member's row is locked: of what one member does at once, one waits for the other. Films that are to be read
    first are given as what reads them, called behind the lock: one that came in between would else count for ever.
    """
    with transaction.atomic():
        get_user_model().objects.select_for_update(no_key=True).filter(pk=user_id).values_list("pk").first()
        movie_ids = films() if callable(films) else films
        before = held_by(user_id, movie_ids)
        yield movie_ids
        after = held_by(user_id, movie_ids)
        count(after - before, 1)
        count(before - after, -1)


@transaction.atomic
def count(movie_ids: Collection[int], by: int) -> None:
    """Moves the count of each of the films. Their rows are locked in their order, so that no two wait in a circle."""
    films = Movie.objects.filter(pk__in_array=movie_ids)
    if len(movie_ids) > 1:
        list(films.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    if movie_ids:
        films.update(holder_count=Greatest(F("holder_count") + by, 0))
