"""What a case is about: a review or a comment, which are moderated alike."""

from datetime import datetime
from typing import Any

from accounts.models import Privacy, User
from reviews.models import Case, Comment, Decision, Review, Status
from reviews.standing import set_status

Subject = Review | Comment
# What a decision makes of what it is about; the others leave it as it was.
MAKES = {
    Decision.Kind.DISMISS: Status.PUBLISHED,
    Decision.Kind.HIDE: Status.HIDDEN,
    Decision.Kind.REMOVE: Status.REMOVED,
}


def open_case(subject: Subject, now: datetime, **columns: Any) -> Case:
    """The subject's case, open, and locked until the transaction ends; `columns` are set, and its text noted."""
    kind = "comment" if isinstance(subject, Comment) else "review"
    defaults = {"author_id": subject.author_id, "opened_at": now}
    Case.objects.get_or_create(**{kind: subject}, defaults=defaults)
    case = Case.objects.select_for_update().get(**{kind: subject})
    if case.closed_at:
        case.opened_at, case.closed_at = now, None
    case.body = subject.body
    for name, value in columns.items():
        setattr(case, name, value)
    case.save()
    return case


def show_as_decided(case: Case) -> None:
    """Gives what the case is about the state that the last standing decision says, or the rule that holds it."""
    subject = case.subject
    if subject is None or subject.status == Status.DRAFT:
        return
    set_status(subject, state_of(case))


def state_of(case: Case) -> str:
    last = case.decisions.standing().filter(kind__in=MAKES).order_by("-made_at", "-pk").first()
    is_older = last is None or (last.kind == Decision.Kind.DISMISS and last.made_at < case.opened_at)
    if case.held_by and is_older:
        return Status.HELD
    return MAKES[last.kind] if last else Status.PUBLISHED


def is_shown_to_moderators(case: Case) -> bool:
    """Not what its author keeps to themselves by now, nor what is theirs alone to write on."""
    subject = case.subject
    if subject is None:
        return True
    author: User = case.author
    return Privacy.PRIVATE not in (author.profile_privacy, author.reviews_privacy) and subject.status != Status.DRAFT
