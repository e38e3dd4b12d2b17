"""A page of the feed: spans of time are read, each wider than the one after it, until the page is full."""

from collections.abc import Iterator
from datetime import datetime
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
    until = place.until if place else timezone.now()
    circle = circle_of(viewer)
    groups: list[Group] = []
    width = place.width if place else NARROW
    if circle.members:
        for span in _spans(place.after.at if place else until, until, width):
            found = groups_within(span, circle)
            groups += [group for group in found if place is None or group.key < place.after]
            width = span.last - span.first + 1
            if len(groups) > size:
                break
    return Page(shown(viewer, groups[:size]), _next(until, groups, size, width))


def _spans(at: datetime, until: datetime, width: int) -> Iterator[Span]:
    """From that moment back to the beginning of time."""
    last = part_of(at)
    while last >= 0:
        first = max(0, last - width + 1)
        yield Span(first, last, until)
        last, width = first - 1, width * WIDER


def _next(until: datetime, groups: list[Group], size: int, width: int) -> str | None:
    if len(groups) <= size:
        return None
    # Where so much was found, the next page needs less of it.
    width = width if len(groups) < size * WIDER else max(NARROW, width // WIDER)
    at, *rest = groups[size - 1].key
    return SIGNER.sign_object([until.isoformat(), at.isoformat(), *rest, width])


def _place(cursor: str) -> Place:
    until, at, *rest, width = SIGNER.unsign_object(cursor)
    return Place(datetime.fromisoformat(until), Key(datetime.fromisoformat(at), *rest), width)
