"""How far the catalogue is detailed, how fast it grows, and what TMDB was asked; cheap on a million films."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Sum

from catalog.models import Movie, SyncFailure, TMDBCalls
from catalog.models.movies import FRESH_FOR

TOPS = (1_000, 10_000, 100_000)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def coverage(now: datetime) -> dict[str, Any]:
    """Of the most popular films, how many are detailed; how many await; and the seconds left at the last hour's rate.

    `tops` has a row for each number of films that the catalogue reaches. The seconds may be None.
    """
    fetched = Movie.objects.filter(synced_at__gt=now - HOUR).count()
    awaiting = Movie.objects.filter(synced_at=None, gone_at=None).count()
    tops: list[dict[str, Any]] = []
    for number in TOPS:
        ranked = Movie.objects.listed().order_by("-popularity", "-pk")[:number]
        told = ranked.aggregate(films=Count("pk"), detailed=Count("synced_at"))
        if tops and told["films"] == tops[-1]["films"]:
            break
        tops.append(told | {"seconds_left": _seconds(told["films"] - told["detailed"], fetched)})
    return {
        "tops": tops,
        "awaiting": awaiting,
        "fetched_last_hour": fetched,
        "seconds_left": _seconds(awaiting, fetched),
    }


def film_states(now: datetime) -> dict[str, int]:
    """Films by their state, each count answered by an index; `stale` are some of the detailed."""
    known = Movie.objects.filter(synced_at=None, gone_at=None).count()
    gone = Movie.objects.filter(gone_at__isnull=False).count()
    stale = Movie.objects.filter(synced_at__lte=now - FRESH_FOR, gone_at=None).count()
    return {"detailed": Movie.objects.count() - known - gone, "known": known, "gone": gone, "stale": stale}


def put_aside_by_reason() -> dict[str, int]:
    """The number of films put aside, by their reason's value; those without any too."""
    counted = dict(SyncFailure.objects.values_list("reason").annotate(films=Count("pk")).order_by())
    return {reason.value: counted.get(reason.value, 0) for reason in SyncFailure.Reason}


def calls_of_last_day(now: datetime) -> dict[str, int]:
    """The calls to TMDB of the last 24 hours and the one begun, by outcome."""
    rows = TMDBCalls.objects.filter(hour__gt=now - DAY - HOUR).values_list("outcome")
    return dict(rows.annotate(total=Sum("calls")).order_by("outcome"))


def _seconds(films: int, fetched_in_an_hour: int) -> int | None:
    if not films:
        return 0
    return round(films / fetched_in_an_hour * HOUR.total_seconds()) if fetched_in_an_hour else None
