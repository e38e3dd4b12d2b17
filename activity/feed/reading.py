"""A page of the feed: spans of time are read, each wider than the one after it, until the page is full."""

from collections import deque
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.core import signing
from django.utils import timezone

from accounts.models import User
from activity.feed.acts import NARROW, Span, part_of
from activity.feed.circle import circle_of
from activity.feed.shown import Item, shown
from activity.feed.windows import Group, Key, groups_within

# How much wider each span is than the one after it.
WIDER = 8
# Without the time: the same place has the same cursor.
SIGNER = signing.Signer(salt="cursor:feed")


class Place(NamedTuple):
    """Where a page begins: after the group of that key. What was done since `until`, when the first page was read, is
    left out, so that what comes meanwhile moves nothing; `width` is how many parts of time filled the page before.
    """

    until: datetime
    after: Key
    width: int


class Page(NamedTuple):
    items: list[Item]
    next: str | None


def read_feed(viewer: User, cursor: str, size: int) -> Page:
    """The page at the cursor, or the newest where it is empty, and the cursor of the next one.

    Raises `signing.BadSignature` of a cursor that was not given out here.
    """
    place = _place(cursor) if cursor else None
    reader = Reader(circle_of(viewer), place, place.until if place else timezone.now())
    items: list[Item] = []
    taken = size
    while len(items) < size and (groups := reader.ahead(taken)):
        for group, item in zip(groups, shown(viewer, groups), strict=True):
            if len(items) == size:
                break
            reader.pass_by(group)
            items += [item] if item else []
        # Of members who keep their acts to themselves there may be many: the more is looked at, the fewer times.
        taken *= WIDER
    return Page(items, reader.cursor() if reader.ahead(1) else None)


class Reader:
    """The groups of a circle, the last first, read span by span as far as they are asked for."""

    def __init__(self, circle: list[int], place: Place | None, until: datetime) -> None:
        self.circle, self.until = circle, until
        self.last = place.after if place else None
        self.width = place.width if place else NARROW
        self.spans = _spans(self.last.at if self.last else until, until, self.width) if circle else iter(())
        self.waiting: deque[Group] = deque()
        self.passed = 0

    def ahead(self, number: int) -> list[Group]:
        """So many of the next groups, or all that are left; they stay ahead until they are passed by."""
        while len(self.waiting) < number and (span := next(self.spans, None)):
            found = groups_within(span, self.circle)
            self.waiting += (group for group in found if self.last is None or group.key < self.last)
            self.width = span.last - span.first + 1
        return list(islice(self.waiting, number))

    def pass_by(self, group: Group) -> None:
        self.waiting.popleft()
        self.last = group.key
        self.passed += 1

    def cursor(self) -> str:
        """Of the page that begins after the last group that was passed by."""
        # Where so much was found, the next page needs less of it.
        is_plenty = len(self.waiting) > self.passed * WIDER
        width = max(NARROW, self.width // WIDER) if is_plenty else self.width
        at, *rest = self.last
        return SIGNER.sign_object([self.until.isoformat(), at.isoformat(), *rest, width])


def _spans(at: datetime, until: datetime, width: int) -> Iterator[Span]:
    """From that moment back to the beginning of time."""
    last = part_of(at)
    while last >= 0:
        first = max(0, last - width + 1)
        yield Span(first, last, until)
        last, width = first - 1, width * WIDER


def _place(cursor: str) -> Place:
    until, at, *rest, width = SIGNER.unsign_object(cursor)
    return Place(datetime.fromisoformat(until), Key(datetime.fromisoformat(at), *rest), width)
