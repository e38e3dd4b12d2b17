"""What is written waits for a moderator where it breaks a rule; the rules are rows, which staff tune in the admin."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from accounts.models import User
from catalog.search.words import UNSPACED, normalise
from reviews.cases import Subject, open_case
from reviews.models import Case, Comment, HeldWord, HoldRule, Review

LINK = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)
WITHOUT_SPACES = re.compile(f"[{UNSPACED}]")
HOUR = timedelta(hours=1)
# So many of an author's last texts are compared with a new one.
COMPARED = 50
LONGEST_FOUND = 200


class Broken(NamedTuple):
    """The rule that a text breaks, and what in it does."""

    rule: str
    found: str


class Written(NamedTuple):
    author: User
    text: str
    now: datetime
    # What is written anew, and so is not to be compared with itself.
    subject: Subject | None


Check = Callable[[Written, HoldRule], str]


def broken(author: User, text: str, now: datetime, subject: Subject | None = None) -> Broken | None:
    """The first rule that the text breaks; None where it may be seen at once, as all that staff write may."""
    if author.is_staff:
        return None
    written = Written(author, text, now, subject)
    age = now - author.joined_at
    for rule in HoldRule.objects.filter(is_on=True).order_by("kind"):
        is_bound = not rule.new_for_days or age < timedelta(days=rule.new_for_days)
        found = CHECKS[rule.kind](written, rule) if is_bound else ""
        if found:
            return Broken(rule.kind, found[:LONGEST_FOUND])
    return None


def hold(subject: Subject, because: Broken, now: datetime) -> Case:
    """Opens its case for the moderators; whoever writes it gives it the status `held`."""
    return open_case(subject, now, held_by=because.rule, held_for=because.found)


def _writes_much(written: Written, rule: HoldRule) -> str:
    number = sum(
        model.objects.filter(author=written.author, created_at__gt=written.now - HOUR).count()
        for model in (Review, Comment)
    )
    return f"{number + 1} in an hour" if number >= rule.limit else ""


def _has_links(written: Written, rule: HoldRule) -> str:
    links = LINK.findall(written.text)
    return f"{len(links)} links" if len(links) >= rule.limit else ""


def _repeats(written: Written, rule: HoldRule) -> str:
    wanted = _plain(written.text)
    times = 1
    for model in (Review, Comment):
        own = model.objects.filter(author=written.author)
        if isinstance(written.subject, model):
            own = own.exclude(pk=written.subject.pk)
        bodies = own.order_by("-pk").values_list("body", flat=True)[:COMPARED]
        times += sum(_plain(body) == wanted for body in bodies)
    return f"{times} times" if times >= rule.limit else ""


def _has_held_word(written: Written, rule: HoldRule) -> str:
    text = f" {normalise(written.text)} "
    words = HeldWord.objects.values_list("word", "folded")
    return next((word for word, folded in words if _as_words(folded) in text), "")


def _plain(text: str) -> str:
    """Without capitals, accents and punctuation; as it is where that is all there is to it."""
    return normalise(text) or text.strip()


def _as_words(folded: str) -> str:
    """Whole words; of scripts that set no spaces between words, wherever it stands."""
    return folded if WITHOUT_SPACES.search(folded) else f" {folded} "


CHECKS: dict[str, Check] = {
    HoldRule.Kind.RATE: _writes_much,
    HoldRule.Kind.LINKS: _has_links,
    HoldRule.Kind.REPEATED: _repeats,
    HoldRule.Kind.WORDS: _has_held_word,
}
