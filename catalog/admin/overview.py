"""The catalogue on one page: how fresh it is, what waits, what failed, how the rounds go, what TMDB was asked."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min

from catalog.models import SyncFailure, TMDBCalls
from catalog.sync.coverage import coverage, film_states

HOURS = 24
HOUR = timedelta(hours=1)
# What TMDB answers when all is well; a film that is gone is no fault.
FINE = frozenset({"200", "404"})


def counted(now: datetime) -> dict[str, Any]:
    """What takes counting a million rows: kept for a minute by who shows it."""
    told = coverage(now)
    for row in told["tops"]:
        row["percent"] = percent(row["detailed"], row["films"])
        row["left"] = duration(row["seconds_left"])
    told["left"] = duration(told["seconds_left"])
    states = film_states(now)
    fresh = percent(states["detailed"] - states["stale"], states["detailed"])
    return {"coverage": told, "films": states, "fresh_percent": fresh}


def failures() -> list[dict[str, Any]]:
    """Films put aside: how many for each reason, and when the first of them is tried again."""
    rows = SyncFailure.objects.values("reason").annotate(films=Count("pk"), next_retry=Min("retry_at"))
    return [row | {"label": SyncFailure.Reason(row["reason"]).label} for row in rows.order_by("reason")]


def calls(now: datetime) -> dict[str, Any]:
    """The calls to TMDB of the last day: a row for each hour, the newest first, with a number for each outcome."""
    this_hour = now.replace(minute=0, second=0, microsecond=0)
    hours = [this_hour - number * HOUR for number in range(HOURS)]
    by_hour: defaultdict[datetime, dict[str, int]] = defaultdict(dict)
    for row in TMDBCalls.objects.filter(hour__gte=hours[-1]):
        by_hour[row.hour][row.outcome] = row.calls
    outcomes = sorted({outcome for counts in by_hour.values() for outcome in counts})
    most = max((sum(counts.values()) for counts in by_hour.values()), default=0)
    rows = [_hour(hour, by_hour.get(hour, {}), outcomes, most) for hour in hours]
    return {"outcomes": outcomes, "rows": rows, "total": sum(row["total"] for row in rows)}


def _hour(hour: datetime, counts: dict[str, int], outcomes: list[str], most: int) -> dict[str, Any]:
    total = sum(counts.values())
    fine = sum(count for outcome, count in counts.items() if outcome in FINE)
    return {
        "hour": hour,
        "total": total,
        "counts": [counts.get(outcome, 0) for outcome in outcomes],
        "percent": percent(total, most),
        "fine_percent": percent(fine, most),
    }


def percent(part: int, whole: int) -> int:
    """A whole number from 0 to 100, which is 100 for all alone, and 0 for none alone."""
    if not whole or not part:
        return 0
    return 100 if part >= whole else min(max(round(100 * part / whole), 1), 99)


def duration(seconds: int | None) -> str:
    """Such as `3 h 20 min`; empty where nothing is left, or nobody knows."""
    if not seconds:
        return ""
    days, hours, minutes = seconds // 86_400, seconds // 3600 % 24, seconds // 60 % 60
    if days:
        return f"{days:,} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{max(minutes, 1)} min"
