"""What moderators decide, and its undoing. Each decision is a row that says who, when and why."""

from datetime import datetime
from typing import NamedTuple

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import suspension
from accounts.models import User
from reviews.cases import show_as_decided
from reviews.models import Case, Decision, Report, Status
from reviews.moderation import telling
from reviews.moderation.standing import is_banned, judge
from reviews.writing import locked

Kind = Decision.Kind
# What needs something to be done to, and what is done to the author.
OF_CONTENT = frozenset({Kind.HIDE, Kind.REMOVE})
OF_MEMBER = frozenset({Kind.WARN, Kind.SUSPEND, Kind.BAN})
log = structlog.get_logger(__name__)


class Refused(ValidationError):
    """What cannot be decided, with why."""


class Verdict(NamedTuple):
    """What is to be done, why (its author reads that), and of a suspension until when."""

    kind: str
    reason: str
    until: datetime | None = None


@transaction.atomic
def decide(*, case: Case, verdict: Verdict, by: User, origin: str = "") -> Decision:
    """Does it, closes the case, and tells the author; `origin` is the site's address, for a letter.

    Raises `Refused`.
    """
    author = locked(case.author)
    case = Case.objects.select_for_update().get(pk=case.pk)
    case.author = author
    _check(case, verdict, by)
    now = timezone.now()
    decision = Decision.objects.create(
        case=case, member_id=case.author_id, made_by=by, made_at=now, **verdict._asdict()
    )
    _settle(case, verdict.kind, now)
    show_as_decided(case)
    judge(author)
    telling.of_decision(decision, origin)
    log.info("moderated", decision=decision.pk, done=verdict.kind, case=case.pk, member_id=case.author_id, by=by.pk)
    return decision


@transaction.atomic
def undo(*, decision: Decision, by: User) -> Decision:
    """Makes it undone: what it changed is as if it had not been, and its case is open again. Twice is once."""
    member = locked(decision.member)
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    decision.member = member
    if decision.undone_at:
        return decision
    decision.undone_at, decision.undone_by = timezone.now(), by
    decision.save(update_fields=["undone_at", "undone_by"])
    if decision.case_id:
        _reopen(Case.objects.select_for_update().get(pk=decision.case_id))
    if decision.kind == Kind.BAN and not is_banned(decision.member):
        suspension.let_in(decision.member)
    judge(decision.member)
    telling.of_undoing(decision)
    log.info("moderation_undone", decision=decision.pk, member_id=decision.member_id, by=by.pk)
    return decision


def _check(case: Case, verdict: Verdict, by: User) -> None:
    kind, until = verdict.kind, verdict.until
    if kind in OF_CONTENT and case.subject is None:
        raise Refused(_("Its author has deleted it."), "gone")
    if kind == Kind.SUSPEND and (until is None or until <= timezone.now()):
        raise Refused(_("Say until when, which is to come."), "until")
    if kind in OF_MEMBER and case.author_id == by.pk:
        raise Refused(_("This is your own."), "own")
    if kind in OF_MEMBER and case.author.is_staff and not by.is_superuser:
        raise Refused(_("Its author is staff; ask who runs the site."), "staff")


def _settle(case: Case, kind: str, now: datetime) -> None:
    """Its reports were right or wrong. It is closed, unless what a rule holds waits for its own decision."""
    outcome = Report.Outcome.DISMISSED if kind == Kind.DISMISS else Report.Outcome.UPHELD
    case.reports.filter(outcome=Report.Outcome.OPEN).update(outcome=outcome)
    is_waiting = kind in OF_MEMBER and case.subject is not None and case.subject.status == Status.HELD
    case.report_count, case.closed_at = 0, None if is_waiting else now
    case.save(update_fields=["report_count", "closed_at"])


def _reopen(case: Case) -> None:
    """Its reports are open again, unless another decision of the case stands."""
    if not case.decisions.standing().exists():
        case.reports.update(outcome=Report.Outcome.OPEN)
        case.closed_at = None
    case.report_count = case.reports.filter(outcome=Report.Outcome.OPEN).count()
    case.save(update_fields=["report_count", "closed_at"])
    show_as_decided(case)
