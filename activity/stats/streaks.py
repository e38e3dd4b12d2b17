"""Days, and weeks, one after another with a film in each."""

from collections.abc import Iterable
from datetime import date
from typing import Any

# As ordinals, of which the first is a Monday's, and which no sum of leads out of the calendar.
DAY, WEEK = 1, 7
LAST = date.max.toordinal()


def streaks(days: Iterable[date], today: date) -> dict[str, Any]:
    """The longest of days and of weeks (from Monday on), None where there is none, and how many days the one has
    lasted that goes on until today or yesterday.
    """
    distinct, now = {day.toordinal() for day in days}, today.toordinal()
    runs = _runs(distinct, DAY)
    return {
        "days": _longest(runs, DAY),
        "weeks": _longest(_runs({day - (day - 1) % WEEK for day in distinct}, WEEK), WEEK),
        "current_days": next((length for begins, length in runs if begins <= now <= begins + length), 0),
    }


def _runs(moments: set[int], step: int) -> list[tuple[int, int]]:
    """Where each run begins, and how long it is."""
    runs: list[tuple[int, int]] = []
    for moment in sorted(moments):
        begins, length = runs[-1] if runs else (moment, 0)
        if length and begins + length * step == moment:
            runs[-1] = begins, length + 1
        else:
            runs.append((moment, 1))
    return runs


def _longest(runs: list[tuple[int, int]], step: int) -> dict[str, Any] | None:
    """The latest of the longest."""
    if not runs:
        return None
    begins, length = max(runs, key=lambda run: (run[1], run[0]))
    ends = min(begins + length * step - 1, LAST)
    return {"length": length, "begins_on": date.fromordinal(begins), "ends_on": date.fromordinal(ends)}
