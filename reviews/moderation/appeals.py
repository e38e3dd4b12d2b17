"""What the author says to a decision, once, and what is answered by somebody else than who decided."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.models import Appeal, Decision
from reviews.moderation import telling
from reviews.moderation.decisions import undo


class Answered(ValidationError):
    """There is nothing left to say: appealed before, or undone."""


def may_be_appealed(decision: Decision) -> bool:
    """It stands, and was against the member."""
    return decision.undone_at is None and decision.kind != Decision.Kind.DISMISS


def appeal(*, decision: Decision, text: str) -> Appeal:
    """The one appeal that there is to a decision. Raises `Answered` where there was one, or nothing to appeal to."""
    decision.refresh_from_db(fields=["undone_at"])
    if not may_be_appealed(decision):
        raise Answered(_("This does not stand any more."), "not_standing")
    try:
        with transaction.atomic():
            return Appeal.objects.create(decision=decision, text=text)
    except IntegrityError as fault:
        raise Answered(_("You have said what you think of this already."), "appealed") from fault


@transaction.atomic
def answer(*, appeal: Appeal, by: User, is_granted: bool, text: str = "") -> Appeal:
    """Grants it, which undoes the decision, or refuses it; the author is told. Raises `Answered`.

    Who decided does not answer, but for who runs the site, who may be alone.
    """
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("decision").get(pk=appeal.pk)
    if appeal.answered_at:
        raise Answered(_("It was answered."), "answered")
    if appeal.decision.made_by_id == by.pk and not by.is_superuser:
        raise Answered(_("You decided it yourself: somebody else answers."), "own")
    appeal.answered_at, appeal.answered_by = timezone.now(), by
    appeal.is_granted, appeal.answer = is_granted, text
    appeal.save(update_fields=["answered_at", "answered_by", "is_granted", "answer"])
    if is_granted:
        undo(decision=appeal.decision, by=by)
    telling.of_answer(appeal)
    return appeal
