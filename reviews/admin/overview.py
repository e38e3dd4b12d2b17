"""How moderation goes, on one page: what is open, how long it took, why, and who did it."""

from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Min

from catalog.admin.overview import duration
from reviews.models import Appeal, Case, Decision, HoldRule, Report

DAYS = 30
MOST = 10_000


def told(now: datetime) -> dict[str, Any]:
    since = now - timedelta(days=DAYS)
    open_cases = Case.objects.open()
    figures = open_cases.aggregate(number=Count("pk"), oldest=Min("opened_at"))
    closed = Case.objects.filter(closed_at__gt=since).values_list("opened_at", "closed_at")[:MOST]
    took = sorted((end - begin).total_seconds() for begin, end in closed)
    return {
        "open": figures["number"],
        "held": open_cases.exclude(held_by="").count(),
        "oldest": figures["oldest"],
        "appeals": Appeal.objects.open().count(),
        "closed": len(took),
        "median": duration(max(int(median(took)), 1)) if took else "",
        "slowest": duration(max(int(took[len(took) * 9 // 10]), 1)) if took else "",
        "reasons": _labelled(
            Report.objects.filter(created_at__gt=since), "reason", Report._meta.get_field("reason").choices
        ),
        "rules": _labelled(open_cases.exclude(held_by=""), "held_by", HoldRule.Kind.choices),
        "kinds": _labelled(Decision.objects.filter(made_at__gt=since), "kind", Decision.Kind.choices),
        "moderators": _moderators(since),
    }


def _labelled(rows: Any, column: str, choices: Any) -> list[tuple[str, int]]:
    labels = dict(choices)
    found = rows.values(column).annotate(number=Count("pk")).order_by("-number", column)
    return [(labels.get(row[column], row[column]), row["number"]) for row in found]


def _moderators(since: datetime) -> list[tuple[str, int]]:
    made = Decision.objects.filter(made_at__gt=since, made_by__isnull=False)
    rows = made.values("made_by__username").annotate(number=Count("pk")).order_by("-number", "made_by__username")
    return [(row["made_by__username"], row["number"]) for row in rows[:20]]
