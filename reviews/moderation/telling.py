"""What the members concerned are told: in their mailbox here, and by letter who cannot sign in any more."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.tasks import send_mail
from notifications.services import notify
from notifications.wording import tell
from reviews.models import Appeal, Decision
from reviews.moderation.keys import key_of

Kind = Decision.Kind
SENTENCES = {
    Kind.HIDE: _("What you wrote about %(what)s was hidden: %(reason)s"),
    Kind.REMOVE: _("What you wrote about %(what)s was removed: %(reason)s"),
    Kind.WARN: _("You were warned about what you wrote about %(what)s: %(reason)s"),
    Kind.SUSPEND: _("You may not write here until %(until)s: %(reason)s"),
    Kind.BAN: _("Your account was closed: %(reason)s"),
}


def address_of(decision: Decision) -> str:
    """The path of the page that tells of the decision, where one may appeal."""
    return reverse("appeal", args=[key_of(decision)])


def of_decision(decision: Decision, origin: str = "") -> None:
    """Nothing of what was dismissed: its author need not know that somebody complained."""
    if decision.kind == Kind.DISMISS:
        return
    notify(
        recipient=decision.member_id,
        kind="moderation",
        data=facts(decision),
        key=f"decision:{decision.pk}",
    )
    if decision.kind == Kind.BAN:
        _write_to(decision, origin)


def of_undoing(decision: Decision) -> None:
    if decision.kind != Kind.DISMISS:
        notify(
            recipient=decision.member_id,
            kind="moderation_undone",
            data=facts(decision),
            key=f"decision:{decision.pk}:undone",
        )


def of_answer(appeal: Appeal) -> None:
    notify(
        recipient=appeal.decision.member_id,
        kind="appeal_granted" if appeal.is_granted else "appeal_refused",
        data=facts(appeal.decision) | {"answer": appeal.answer},
        key=f"appeal:{appeal.pk}",
    )


def facts(decision: Decision) -> dict[str, Any]:
    """What the words of a notification are made of; nothing of who decided, or who complained."""
    until = decision.until
    return {
        "decision": decision.pk,
        "done": str(decision.kind),
        "reason": decision.reason,
        "until": until.isoformat() if until else None,
        "what": film_of(decision),
        "url": address_of(decision),
    }


def film_of(decision: Decision) -> str:
    case = decision.case
    subject = case and case.subject
    if subject is None:
        return ""
    return str((subject.review if hasattr(subject, "review_id") else subject).movie)


def sentence(told: dict[str, Any]) -> str:
    """`facts` in words, in the reader's language."""
    words = SENTENCES.get(told.get("done", ""))
    moment = parse_datetime(told.get("until") or "")
    until = date_format(moment, "DATETIME_FORMAT") if moment else ""
    return (
        str(words) % {"what": told.get("what", ""), "reason": told.get("reason", ""), "until": until} if words else ""
    )


def learn() -> None:
    """Gives the mailbox the words for what it is told here."""
    tell("moderation", text=sentence, url="{url}")
    tell(
        "moderation_undone", text=_("This does not stand any more, and is as if it had not been: {reason}"), url="{url}"
    )
    tell("appeal_granted", text=_("You were right to appeal; the decision is undone. {answer}"), url="{url}")
    tell("appeal_refused", text=_("Your appeal was refused. {answer}"), url="{url}")


def _write_to(decision: Decision, origin: str) -> None:
    """They cannot read their mailbox here any more."""
    member = decision.member
    with override(member.language or None):
        link = origin.rstrip("/") + address_of(decision)
        lines = [sentence(facts(decision)), gettext("If you think that this is wrong, say so here, once:"), link]
        subject = gettext("About your account")
    transaction.on_commit(lambda: send_mail.delay(to=member.email, subject=subject, body="\n\n".join(lines)))
