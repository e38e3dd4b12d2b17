"""How many members hold a film, kept as a column of it: each member counts once, whichever floors hold it for them.

A floor that holds films for members tells what it holds by `tells_held`, in its `AppConfig.ready`, and does whatever
gives a film to a member, or takes one away, within `counted`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from typing import ParamSpec, TypeVar

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, F, QuerySet
from django.db.models.functions import Greatest

from catalog.models import Movie
from catalog.statements import Statement

Films = Collection[int] | Callable[[], Collection[int]]
Held = Callable[[int, Collection[int]], Iterable[QuerySet]]
_held: dict[str, Held] = {}
# So often in a row at the most a merge comes in between.
ATTEMPTS = 4
# What Django selects of a row that is only to be there.
EXISTS = 1

P = ParamSpec("P")
T = TypeVar("T")


class Merged(Exception):
    """The film has become another, whose id is `into`."""

    def __init__(self, movie_id: int, into: int) -> None:
        super().__init__(f"{movie_id} was merged into {into}")
        self.movie_id, self.into = movie_id, into


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
    Their rows are locked as well, so that none is merged meanwhile. Raises `Merged` where one of those given has been.
    """
    with transaction.atomic():
        movie_ids = _lock(user_id, films)
        before = held_by(user_id, movie_ids)
        yield movie_ids
        after = held_by(user_id, movie_ids)
        _count(after - before, 1)
        _count(before - after, -1)


def again_where_merged(write: Callable[P, T]) -> Callable[P, T]:
    """What `write` returns, called again where it met `Merged`: it is to find anew what the films have become.

    A row that it is given first, and that has such a film, has been moved with all others.
    """

    @wraps(write)
    def go(*args: P.args, **named: P.kwargs) -> T:
        for _attempt in range(1, ATTEMPTS):
            try:
                return write(*args, **named)
            except Merged as fault:
                if args and getattr(args[0], "movie_id", None) == fault.movie_id:
                    args[0].movie_id = fault.into
        return write(*args, **named)

    return go


def _lock(user_id: int, films: Films) -> Collection[int]:
    if callable(films):
        return _lock_read(user_id, films)
    for movie_id, into in _lock_rows(user_id, films):
        if into:
            raise Merged(movie_id, into)
    return films


def _lock_read(user_id: int, read: Callable[[], Collection[int]]) -> Collection[int]:
    """Those that are read; anew where a merge has made others of them meanwhile."""
    _lock_rows(user_id, [])
    while True:
        with transaction.atomic():
            films = read()
            _lock_rows(user_id, films)
            if set(films).issuperset(read()):
                return films
            transaction.set_rollback(True)  # to this savepoint, which gives the locks back


def _lock_rows(user_id: int, films: Collection[int]) -> list[tuple[int, int | None]]:
    """The films, each with what it was merged into."""
    if films:
        return _locking().rows(EXISTS, user_id, list(films))
    get_user_model().objects.select_for_update(no_key=True).filter(pk=user_id).values_list("pk").first()
    return []


@cache
def _locking() -> Statement:
    """The member's row and then the films', in their order, in one way to the database and back."""
    member = get_user_model().objects.select_for_update(no_key=True).filter(pk=0)
    films = Movie.objects.select_for_update(no_key=True).filter(Exists(member), pk__in_array=[0])
    return Statement(lambda: films.order_by("pk").values_list("pk", "merged_into"))


def _count(movie_ids: Collection[int], by: int) -> None:
    """Moves the count of each of the films, which are locked."""
    if movie_ids:
        films = Movie.objects.filter(pk__in_array=movie_ids)
        films.update(holder_count=Greatest(F("holder_count") + by, 0))
