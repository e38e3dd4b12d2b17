"""What the floors above hold of a film, and how it moves when one film is merged into another.

The catalogue knows no list, rating or diary. A floor that holds films for members registers, in its `AppConfig.ready`,
how its rows move, and who holds a film; a merge (`catalog.sync.merging`) calls all that are registered, in the one
transaction that has both films' rows locked: who puts a film anywhere, or takes it away, locks its row before
(`catalog.holders`), and so waits until it ends.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from django.db import models, transaction
from django.db.models import Exists, OuterRef

from catalog.models import Movie

Move = Callable[[int, int], int]
Holders = Callable[[int], Iterable[int]]
Resolve = Callable[[models.Model, models.Model], Iterable[str]]

_moves: dict[str, Move] = {}
_holders: dict[str, Holders] = {}
BATCH = 500


class Moved(NamedTuple):
    """How many rows now name the other film, and those that could not, as they were: one of their kind was there."""

    moved: int
    doubled: list[models.Model]


def moves_holdings(move: Move) -> Move:
    """Registers `move(old_id, new_id)`, which gives how many rows it moved. It may be called again, and find nothing.

    What it leaves in the old film's `rating_total` and `rating_count` is then added to the new one's: where a member
    had rated both films, the rating that is dropped has to be taken off the old film's first.
    """
    _moves[f"{move.__module__}.{move.__qualname__}"] = move
    return move


def tells_holders(holders: Holders) -> Holders:
    """Registers `holders(movie_id)`, which gives the ids of the members who hold the film, each once or more."""
    _holders[f"{holders.__module__}.{holders.__qualname__}"] = holders
    return holders


def move_holdings(old_id: int, new_id: int) -> int:
    """Moves what all floors hold; gives how many rows were moved."""
    return sum(move(old_id, new_id) for move in _moves.values())


def count_holders(movie_id: int) -> int | None:
    """How many members hold the film, each counted once; None where no floor tells."""
    if not _holders:
        return None
    return len({member for holders in _holders.values() for member in holders(movie_id)})


@transaction.atomic
def move_rows(
    model: type[models.Model],
    old_id: int,
    new_id: int,
    *,
    unique_with: Sequence[str] = (),
    resolve: Resolve | None = None,
) -> Moved:
    """Makes the model's rows of the old film rows of the new one. The model has one foreign key to `Movie`.

    `unique_with` are the other fields of the constraint that has the film in it. Where a row of the new film has the
    same in them, it stays and the old film's is deleted; before that, `resolve(staying, leaving)` may change the row
    that stays, and gives the names of the fields it changed.
    """
    movie = next(field.name for field in model._meta.concrete_fields if field.related_model is Movie)
    of_old, of_new = model.objects.filter(**{movie: old_id}), model.objects.filter(**{movie: new_id})
    # A null is like nothing, not even like another null.
    same = of_new.filter(**{name: OuterRef(name) for name in unique_with})
    doubled = list(of_old.filter(Exists(same)).order_by("pk").select_for_update()) if unique_with else []
    for start in range(0, len(doubled), BATCH):
        leaving = doubled[start : start + BATCH]
        if resolve:
            _resolve(of_new, leaving, unique_with, resolve)
        model.objects.filter(pk__in=[row.pk for row in leaving]).delete()
    return Moved(of_old.update(**{movie: new_id}), doubled)


def _resolve(
    of_new: models.QuerySet, leaving: Sequence[models.Model], unique_with: Sequence[str], resolve: Resolve
) -> None:
    attributes = [of_new.model._meta.get_field(name).attname for name in unique_with]

    def key(row: models.Model) -> tuple:
        return tuple(getattr(row, name) for name in attributes)

    double_of = {key(row): row for row in leaving}
    among = {f"{name}__in": {getattr(row, name) for row in leaving} for name in attributes}
    changed: dict[models.Model, set[str]] = {}
    for staying in of_new.filter(**among).order_by("pk").select_for_update():
        if key(staying) in double_of:
            changed[staying] = set(resolve(staying, double_of[key(staying)]))
    for names in {frozenset(names) for names in changed.values() if names}:
        rows = [row for row, own in changed.items() if own == names]
        of_new.bulk_update(rows, sorted(names), batch_size=BATCH)
