"""What the catalogue holds of TMDB, and how fresh it is."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q

from catalog.models import (
    Credit,
    Genre,
    Movie,
    Offer,
    Person,
    Provider,
    Region,
    SyncFailure,
    TMDBConfiguration,
)
from catalog.models.movies import FRESH_FOR
from catalog.sync.coverage import calls_of_last_day, coverage
from catalog.sync.logbook import Report, reports, scheduled


def holdings(now: datetime) -> dict[str, Any]:
    """Counts and times, fit for JSON; None where there is nothing to tell."""
    return {
        "films": _films(now),
        "coverage": coverage(now),
        "rows": _rows(),
        "reference": _reference(now),
        "put_aside": _put_aside(),
        "rounds": [_round(report) for report in reports(now, scheduled())],
        "tmdb_calls_last_day": calls_of_last_day(now),
    }


def _round(report: Report) -> dict[str, Any]:
    told = {name: getattr(report.row, name) for name in ("began_at", "succeeded_at", "failed_at", "summary", "fault")}
    return {"name": report.name, "status": report.state.value, "is_trouble": report.is_trouble} | told


def _films(now: datetime) -> dict[str, Any]:
    detailed = Q(synced_at__isnull=False, gone_at=None)
    told = Movie.objects.aggregate(
        held=Count("pk"),
        detailed=Count("pk", filter=detailed),
        known=Count("pk", filter=Q(synced_at=None, gone_at=None)),
        gone=Count("pk", filter=Q(gone_at__isnull=False)),
        fresh=Count("pk", filter=detailed & Q(synced_at__gt=now - FRESH_FOR)),
        oldest=Min("synced_at", filter=detailed),
    )
    share = round(told["fresh"] / told["detailed"], 4) if told["detailed"] else None
    return told | {"fresh_share": share}


def _rows() -> dict[str, int]:
    tables = {"people": Person, "credits": Credit, "genres": Genre, "regions": Region, "providers": Provider}
    return {name: table.objects.count() for name, table in tables.items()} | {"offers": Offer.objects.current().count()}


def _reference(now: datetime) -> dict[str, Any]:
    synced_at = TMDBConfiguration.objects.values_list("synced_at", flat=True).first()
    return {"synced_at": synced_at, "age_days": synced_at and round((now - synced_at).total_seconds() / 86_400, 2)}


def _put_aside() -> list[dict[str, Any]]:
    by_reason = SyncFailure.objects.values("reason").annotate(films=Count("pk"), next_retry=Min("retry_at"))
    return list(by_reason.order_by("reason"))
