"""Who may write, and how what is written begins."""

from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.suspension import is_suspended
from reviews import holds, markdown, texts
from reviews.faults import Suspended
from reviews.models import Comment, Review, Status


class Text(NamedTuple):
    body: str
    html: str


def text_of(body: str, longest: int) -> Text:
    """What was typed, tidied and rendered. Raises `ValidationError`, of `body`."""
    try:
        tidied = texts.tidied(body, longest)
    except ValidationError as fault:
        raise ValidationError({"body": fault}) from fault
    return Text(tidied, markdown.rendered(tidied))


def locked(user: User) -> User:
    """The member as they are now, locked: of what one member does at once, one waits for the other."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def author(user: User, now: datetime) -> User:
    """The member, locked. Raises `Suspended`."""
    found = locked(user)
    if is_suspended(found, now):
        raise Suspended
    return found


def standing_of(writer: User, body: str, now: datetime, subject: Review | Comment | None = None) -> tuple[Status, Any]:
    """The state of a text that its author publishes, and the rule that it breaks, where it breaks one."""
    broken = holds.broken(writer, body, now, subject)
    return (Status.HELD if broken else Status.PUBLISHED), broken
