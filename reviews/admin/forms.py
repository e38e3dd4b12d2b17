"""What a moderator says beside what they do."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models import Case, Decision
from reviews.moderation import Verdict

Kind = Decision.Kind
DAYS = [("1", _("for a day")), ("7", _("for a week")), ("30", _("for a month")), ("365", _("for a year"))]
# What each needs beyond `reviews.change_case`.
PERMISSIONS = {Kind.SUSPEND: "reviews.suspend_member", Kind.BAN: "reviews.ban_member"}


class DecisionForm(forms.Form):
    """One click does it: the reason stands there already, as those who reported gave it."""

    kind = forms.ChoiceField(choices=Kind)
    reason = forms.CharField(
        label=_("Why; its author reads this"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
    )
    days = forms.ChoiceField(label=_("Suspend"), choices=DAYS, initial="7", required=False)

    def verdict(self) -> Verdict:
        told = self.cleaned_data
        is_timed = told["kind"] == Kind.SUSPEND
        until = timezone.now() + timedelta(days=int(told["days"] or 7)) if is_timed else None
        return Verdict(told["kind"], told["reason"], until)


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer; the author reads this"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
    )


def usual_reason(case: Case) -> str:
    """What most of those who reported it say, or what the rule found."""
    reasons = [report.get_reason_display() for report in case.reports.all()]
    if reasons:
        return max(reasons, key=reasons.count)
    rules = {"rate": _("Too much at once"), "links": _("Links"), "repeated": _("The same text again")}
    return str(rules.get(case.held_by, _("Against the rules of this place")))


def permitted_kinds(user: Any) -> list[tuple[str, Any]]:
    """What the moderator may do, with its label."""
    return [
        (kind, label) for kind, label in Kind.choices if kind not in PERMISSIONS or user.has_perm(PERMISSIONS[kind])
    ]
