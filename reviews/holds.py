"""What is written waits for a moderator where it breaks a rule."""

from datetime import datetime, timedelta
from typing import NamedTuple

import structlog

from accounts.models import User
from reviews.markdown import linked
from reviews.models import Comment, Review

# Who is so new, and links to somewhere, is most often there to sell something.
NEW_FOR = timedelta(days=2)
log = structlog.get_logger(__name__)
Subject = Review | Comment


class Broken(NamedTuple):
    """The rule that a text breaks, and what in it does."""

    rule: str
    found: str


def broken(author: User, text: str, now: datetime, subject: Subject | None = None) -> Broken | None:
    """The rule that the text breaks; None where it may be seen at once, as all that staff write may."""
    if author.is_staff or now - author.joined_at >= NEW_FOR or not linked(text):
        return None
    return Broken("links", "a link by a new member")


def hold(subject: Subject, because: Broken, now: datetime) -> None:
    """Takes note that it waits."""
    log.info("text_held", kind=subject._meta.model_name, id=subject.pk, rule=because.rule)
