"""What a moderator reads beside a case: the text, its author's record, and that of those who reported it."""

from collections import defaultdict
from typing import Any

from django.db.models import Count

from reviews.cases import is_shown_to_moderators
from reviews.models import Case, Comment, Decision, HoldRule, Report, Review, Status

SHOWN = 50


def told(case: Case) -> dict[str, Any]:
    """What the desk shows of the case."""
    reports = list(case.reports.select_related("reporter").order_by("created_at", "pk")[:SHOWN])
    outcomes = outcomes_of([report.reporter_id for report in reports])
    for report in reports:
        report.record = outcomes.get(report.reporter_id, {})
    decisions = Decision.objects.filter(member=case.author_id).select_related("made_by", "undone_by", "appeal")
    return {
        "case": case,
        "subject": case.subject,
        "is_shown": is_shown_to_moderators(case),
        "rule": rule_of(case),
        "reports": reports,
        "record": record_of(case),
        "decisions": decisions.order_by("-made_at", "-pk")[:SHOWN],
    }


def record_of(case: Case) -> dict[str, Any]:
    """How much the author wrote, and what was decided of it; counts alone, nothing of what is theirs."""
    kinds = dict(Decision.Kind.choices)
    standing = Decision.objects.record_of(case.author_id)
    return {
        "reviews": Review.objects.filter(author=case.author_id, status=Status.PUBLISHED).count(),
        "comments": Comment.objects.filter(author=case.author_id, status=Status.PUBLISHED).count(),
        "decided": [(kinds[kind], number) for kind, number in standing.items()],
    }


def outcomes_of(reporters: list[int]) -> dict[int, dict[str, int]]:
    """How many of each one's reports were upheld and how many dismissed."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    rows = Report.objects.filter(reporter__in=reporters).values("reporter", "outcome").annotate(number=Count("pk"))
    for row in rows.order_by("reporter"):
        found[row["reporter"]][row["outcome"]] = row["number"]
    return found


def rule_of(case: Case) -> str:
    """Which rule holds it, and what it found."""
    if not case.held_by:
        return ""
    label = dict(HoldRule.Kind.choices).get(case.held_by, case.held_by)
    return f"{label}: {case.held_for}" if case.held_for else str(label)
