"""How many members hold a film, kept as a column of it: each member counts once, whichever floors hold it for them.

A floor that holds films for members tells what it holds by `tells_held`, in its `AppConfig.ready`, and does whatever
gives a film to a member, or takes one away, within `counted`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from catalog.models import Movie

Films = Collection[int] | Callable[[], Collection[int]]
Held = Callable[[int, Collection[int]], Iterable[int]]
_held: dict[str, Held] = {}


def tells_held(held: Held) -> Held:
    """Registers `held(user_id, movie_ids)`, which gives those of the films that the member holds, each once or more."""
    _held[f"{held.__module__}.{held.__qualname__}"] = held
    return held


def held_by(user_id: int, movie_ids: Collection[int]) -> set[int]:
    """Those of the films that the member holds anywhere."""
    return {movie_id for held in _held.values() for movie_id in held(user_id, movie_ids)}


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
