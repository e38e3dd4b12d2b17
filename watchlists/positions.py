"""Places in an order: whole numbers far apart, so that moving one thing rewrites one row.

Half way between two neighbours there is room for forty moves into the very same gap; then all places are set anew.
Whoever gives out a place has whatever the order belongs to locked.
"""

from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

GAP = 1 << 40
# Beyond it a place is near the end of what a column holds.
FARTHEST = 1 << 62
BATCH = 500


class Place(TypedDict, total=False):
    """Where something is put: as number `position`, counted from 1, or right after the film of the id `after`."""

    position: int | None
    after: int | None


def place(rows: QuerySet, *, position: int | None = None, after: int | None = None) -> int:
    """A free place among `rows`, which are without the one to be placed: see `Place`; with neither, the last.

    Raises `ValidationError` where the film it is to follow is not there.
    """
    found = _between(*_neighbours(rows, position, after))
    if found is None:
        _spread(rows)
        found = _between(*_neighbours(rows, position, after))
    return found


def last_place(rows: QuerySet) -> int:
    last = rows.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + GAP


def _neighbours(rows: QuerySet, position: int | None, after: int | None) -> tuple[int | None, int | None]:
    """The places before and behind, where there are such."""
    places = rows.order_by("position", "pk").values_list("position", flat=True)
    if after is not None:
        previous = rows.filter(movie=after).values_list("position", flat=True).first()
        if previous is None:
            raise ValidationError({"after": ValidationError(_("This film is not there."), "not_there")})
    elif position is not None and position <= 1:
        return None, places.first()
    else:
        at = None if position is None else places[position - 2 : position - 1].first()
        previous = places.last() if at is None else at
    return previous, None if previous is None else places.filter(position__gt=previous).first()


def _between(previous: int | None, following: int | None) -> int | None:
    """Half way; None where there is no room."""
    if previous is None and following is None:
        return 0
    if previous is None or following is None:
        found = following - GAP if previous is None else previous + GAP
        return found if abs(found) < FARTHEST else None
    return (previous + following) // 2 if following - previous > 1 else None


def _spread(rows: QuerySet) -> None:
    """Sets all places anew, in the order in which they are."""
    found = list(rows.order_by("position", "pk").only("pk", "position"))
    for number, row in enumerate(found):
        row.position = number * GAP
    rows.model.objects.bulk_update(found, ["position"], batch_size=BATCH)
