"""The steps by which a page moves one thing among others: up, down, to the top, to a place by its number."""

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from watchlists.models import Favorite, ListItem

FARTHEST = 1_000_000


def rank_of(rows: QuerySet, row: Favorite | ListItem) -> int:
    """The place of one of the rows, counted from 1."""
    before = Q(position__lt=row.position) | Q(position=row.position, pk__lt=row.pk)
    return rows.filter(before).count() + 1


def step(rows: QuerySet, row: Favorite | ListItem, to: str) -> int:
    """The place among the others that `up`, `down`, `top` or a number means. Raises `ValidationError` of all else."""
    if to == "top":
        return 1
    if to in ("up", "down"):
        return max(rank_of(rows, row) + (1 if to == "down" else -1), 1)
    if to.isascii() and to.isdecimal() and len(to) < 8 and 1 <= int(to) <= FARTHEST:
        return int(to)
    raise ValidationError(_("Give a place by its number, counted from 1."), "invalid")
