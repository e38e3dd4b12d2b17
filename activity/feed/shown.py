"""What a page of the feed tells of the groups on it: nothing that a table does not show to the viewer now."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from accounts.models import User
from activity.feed.acts import Row
from activity.feed.kinds import FOLLOW, LIST, LIST_ITEMS, REVIEW
from activity.feed.seen import ADULT, models_seen_by, seen_by
from activity.feed.windows import Group
from catalog.rows import rows_of
from reviews.models import Review
from watchlists.models import List


class Film(NamedTuple):
    """The columns of a film's row (see `catalog.rows`), and what the member gave it with this act."""

    movie: dict[str, Any]
    rating: int | None


@dataclass
class Item:
    """`count` acts of the user's, of which the last films, or members followed, are named."""

    id: str
    kind: str
    at: datetime
    user: User
    count: int
    films: list[Film] = field(default_factory=list)
    members: list[User] = field(default_factory=list)
    review: Review | None = None
    list: List | None = None

    @property
    def rating(self) -> int | None:
        """Of what is one act."""
        return self.films[0].rating if self.count == 1 and self.films else None


@dataclass
class Known:
    """What the viewer may see of what the groups are about, by its key; `seen` as `seen_by` gives it."""

    seen: dict[str, set[int]]
    reviews: dict[int, Review]
    lists: dict[int, List]
    users: dict[int, User]
    movies: dict[int, dict[str, Any]]


def shown(viewer: User, groups: list[Group]) -> list[Item | None]:
    """An item for each group, None where nothing of it may be shown; one query for each table that they are about."""
    known = _known(viewer, groups)
    return [_item(group, known) for group in groups]


def _known(viewer: User, groups: list[Group]) -> Known:
    keys: dict[str, list[int]] = {}
    members, films, lists = [group.key.member for group in groups], [], []
    for group in groups:
        kind, about = group.key.kind, [act.about for act in group.acts if act.about]
        if kind in (LIST, LIST_ITEMS):
            lists.append(group.key.subject)
        else:
            keys.setdefault(kind, []).extend(act.pk for act in group.acts)
        (members if kind == FOLLOW else films).extend(about)
    if not viewer.include_adult:
        keys[ADULT] = films
    seen = seen_by(viewer, keys)
    return Known(
        seen,
        models_seen_by(viewer, Review, keys.get(REVIEW, [])),
        models_seen_by(viewer, List, lists),
        models_seen_by(viewer, User, members),
        rows_of([pk for pk in films if pk not in seen[ADULT]]),
    )


def _item(group: Group, known: Known) -> Item | None:
    kind, user = group.key.kind, known.users.get(group.key.member)
    if user is None or (kind in (LIST, LIST_ITEMS) and group.key.subject not in known.lists):
        return None
    acts = [act for act in group.acts if _may_be_shown(kind, act, known)]
    if not acts:
        return None
    name = ":".join(map(str, filter(None, (kind, user.username, group.part, group.key.subject))))
    item = Item(name, kind, group.key.at, user, group.count - len(group.acts) + len(acts))
    if kind == FOLLOW:
        item.members = [known.users[act.about] for act in acts]
        return item
    item.list = known.lists[group.key.subject] if kind in (LIST, LIST_ITEMS) else None
    item.review = known.reviews[acts[0].pk] if kind == REVIEW else None
    given = item.review.rating if item.review else None
    item.films = [Film(known.movies[act.about], act.value or given) for act in acts if act.about]
    return item


def _may_be_shown(kind: str, act: Row, known: Known) -> bool:
    if kind == FOLLOW:
        return act.about in known.users
    if kind == REVIEW and act.pk not in known.reviews:
        return False
    if kind in known.seen and act.pk not in known.seen[kind]:
        return False
    return not act.about or act.about in known.movies
