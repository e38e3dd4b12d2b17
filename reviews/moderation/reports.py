"""Members tell of what should not stand here."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from reviews.cases import Subject, open_case
from reviews.models import Case, Report


@transaction.atomic
def report(*, reporter: User, subject: Subject, reason: str, note: str = "") -> tuple[Report, bool]:
    """One report of each member's for each review or comment; gives it, and whether it is new.

    Told again it stays as it was, whatever was decided since: nobody can keep a case open alone.
    """
    case = open_case_for(subject)
    defaults = {"reason": reason, "note": note}
    found, is_new = Report.objects.get_or_create(case=case, reporter=reporter, defaults=defaults)
    if is_new:
        now = timezone.now()
        case = open_case(subject, now)
        Case.objects.filter(pk=case.pk).update(report_count=F("report_count") + 1)
    return found, is_new


def open_case_for(subject: Subject) -> Case:
    """The subject's case as it is, locked; a new one where there was none."""
    held = Case.objects.select_for_update().filter(
        **{"comment" if subject._meta.model_name == "comment" else "review": subject}
    )
    return held.first() or open_case(subject, timezone.now())
