"""Acts within a span of time, those of a member put together that are of one kind and close to one another.

Time is cut into parts of some hours, and what lies in one part is together. So whatever whole parts are read hold
whole groups, wherever a page begins or ends, and the next page finds the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from activity.feed.acts import Row, Span, acts_within
from activity.feed.kinds import LIST, LIST_ITEMS


class Key(NamedTuple):
    """A group's place in the feed: the last first, and those of one moment in an order that does not change."""

    at: datetime
    kind: str
    member: int
    subject: int


@dataclass
class Group:
    """What one member did of one kind within one part of time: `count` acts, of which the last ones are held."""

    key: Key
    part: int
    count: int
    acts: list[Row] = field(default_factory=list)


def groups_within(span: Span, circle: list[int]) -> list[Group]:
    """What those of the circle did within the span, the last first. One query."""
    return sorted(_gathered(acts_within(span, circle)), key=lambda group: group.key, reverse=True)


def _gathered(acts: Iterable[Row]) -> Iterator[Group]:
    groups: dict[tuple, Group] = {}
    for act in acts:
        place = act.kind, act.member, act.subject, act.part
        if place not in groups:
            groups[place] = Group(Key(act.at, act.kind, act.member, act.subject), act.part, act.count)
        groups[place].acts.append(act)
    for (kind, *rest), group in groups.items():
        if kind == LIST and (items := groups.get((LIST_ITEMS, *rest))):
            yield _begun(group, items)
        elif kind != LIST_ITEMS or (LIST, *rest) not in groups:
            yield group


def _begun(made: Group, items: Group) -> Group:
    """A new list, with the films put into it since."""
    return Group(made.key._replace(at=max(made.key.at, items.key.at)), made.part, items.count, items.acts)
