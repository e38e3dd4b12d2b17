"""A diary by the month: what was seen on which day, and what nobody knows the day of."""

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.formats import get_format

from watchlists.models import Precision, Viewing
from watchlists.vague_dates import FIRST_YEAR

MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
# So many are read of one month, and so many stand in the square of one day.
MOST_READ, MOST_SHOWN = 600, 3


class Square(NamedTuple):
    """One day; `is_of_month` unless it fills up a week. `more` are those for which there is no room."""

    day: date
    is_of_month: bool
    viewings: list[Viewing]
    more: int


class Month(NamedTuple):
    first: date
    weeks: list[list[Square]]
    vague: list[Viewing]


def month_of(text: str | None, today: date) -> date | None:
    """The first day of the month written as `2026-11`, of today's where nothing is; None for what is no month."""
    if not text:
        return today.replace(day=1)
    match = MONTH.fullmatch(text)
    year, month = map(int, match.groups()) if match else (0, 0)
    return date(year, month, 1) if FIRST_YEAR <= year <= today.year + 1 and 1 <= month <= 12 else None


def viewings_in(rows: QuerySet[Viewing], first: date) -> QuerySet[Viewing]:
    """Those of the month, and those of its year of which no more is known."""
    last = next_month(first) - timedelta(days=1)
    of_month = Q(sorted_on__range=(first, last)) & ~Q(precision=Precision.YEAR)
    of_year = Q(sorted_on=date(first.year, 1, 1), precision=Precision.YEAR)
    return rows.filter(of_month | of_year).exclude(precision=Precision.UNKNOWN).order_by("sorted_on", "pk")[:MOST_READ]


def month_with(viewings: Iterable[Viewing], first: date) -> Month:
    by_day: dict[date, list[Viewing]] = defaultdict(list)
    vague = []
    for viewing in viewings:
        if viewing.precision == Precision.DAY:
            by_day[viewing.watched_on].append(viewing)
        else:
            vague.append(viewing)
    weeks = calendar.Calendar(first_weekday()).monthdatescalendar(first.year, first.month)
    return Month(first, [[_square(day, first, by_day.get(day, [])) for day in week] for week in weeks], vague)


def first_weekday() -> int:
    """Monday is 0, as for `calendar`; Django's formats count from Sunday."""
    return (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7


def next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def _square(day: date, first: date, viewings: list[Viewing]) -> Square:
    is_of_month = (day.year, day.month) == (first.year, first.month)
    shown = viewings[:MOST_SHOWN] if is_of_month else []
    return Square(day, is_of_month, shown, len(viewings) - len(shown) if is_of_month else 0)
