"""Days that are known to the day, the month, the year, or not at all."""

from datetime import date, datetime, timedelta
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from watchlists.models import Precision
from watchlists.models.diary import LONG_AGO

# The first public showing was at the end of that year.
FIRST_YEAR = 1895
# Where the day is the farthest ahead of UTC.
AHEAD = timedelta(hours=14)
FIRST_OF = {Precision.DAY: {}, Precision.MONTH: {"day": 1}, Precision.YEAR: {"month": 1, "day": 1}}


class Days(TypedDict):
    watched_on: date | None
    precision: str
    sorted_on: date


def vague(watched_on: date | None, precision: str, now: datetime) -> Days:
    """The columns of a viewing that tell its day: the first of the month, or of the year, where no more is known.

    Without a day the precision is `unknown`, and with that there is no day. Raises `ValidationError` for a day that is
    not over anywhere yet, and for one before there were films.
    """
    if watched_on is None or precision == Precision.UNKNOWN:
        return {"watched_on": None, "precision": Precision.UNKNOWN.value, "sorted_on": LONG_AGO}
    day = watched_on.replace(**FIRST_OF[Precision(precision)])
    if day > (now + AHEAD).date():
        raise ValidationError({"watched_on": ValidationError(_("This day is yet to come."), "in_the_future")})
    if day.year < FIRST_YEAR:
        raise ValidationError({"watched_on": ValidationError(_("There were no films then."), "too_early")})
    return {"watched_on": day, "precision": str(precision), "sorted_on": day}
