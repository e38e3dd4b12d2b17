"""What a page of the feed tells of the groups on it: nothing that a table does not show to the viewer now."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Value

from accounts.models import User
from activity.feed.acts import Row
from activity.feed.kinds import FAVORITE, FOLLOW, LIST, LIST_ITEMS, RATING, REVIEW, VIEWING
from activity.feed.statements import Among, Given, Somebody, Statement, written
from activity.feed.windows import Group
from catalog.models import Movie
from catalog.rows import rows_of
from reviews.models import Rating, Review
from watchlists.models import Favorite, List, Viewing

NAMED = ("username", "display_name", "avatar", "profile_privacy")
# Whose acts are shown or not one by one.
TABLES = {RATING: Rating, VIEWING: Viewing, FAVORITE: Favorite}


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
    """What the viewer may see of what the groups are about, by its key."""

    acts: set[tuple[str, int]]
    reviews: dict[int, Review]
    lists: dict[int, List]
    users: dict[int, User]
    movies: dict[int, dict[str, Any]]


def shown(viewer: User, groups: list[Group]) -> list[Item]:
    """An item for each group of which anything may be shown; one query for each table that they are about."""
    known = _known(viewer, groups)
    items = (_item(group, known) for group in groups)
    return [item for item in items if item is not None]


def _known(viewer: User, groups: list[Group]) -> Known:
    acts: dict[str, list[Row]] = {}
    for group in groups:
        acts.setdefault(group.key.kind, []).extend(group.acts)
    followed = [act.about for act in acts.pop(FOLLOW, [])]
    users = [*(group.key.member for group in groups), *followed]
    lists = [group.key.subject for group in groups if group.key.kind in (LIST, LIST_ITEMS)]
    return Known(
        _visible(viewer, acts),
        _by_key(lambda: _reviews(viewer), [act.pk for act in acts.get(REVIEW, [])]),
        _by_key(lambda: List.objects.visible_to(viewer), lists),
        _by_key(lambda: User.objects.findable_by(viewer).only(*NAMED), users),
        _movies(viewer, [act.about for some in acts.values() for act in some if act.about]),
    )


def _by_key(rows: Callable[[], QuerySet], keys: list[int]) -> dict[int, Any]:
    return {row.pk: row for row in rows().filter(pk__in_array=keys)} if keys else {}


def _reviews(viewer: User) -> QuerySet[Review]:
    """With `rating`, what the author gives the film now."""
    given = Rating.objects.filter(user=OuterRef("author"), movie=OuterRef("movie"))
    return Review.objects.published_to(viewer).annotate(rating=Subquery(given.values("value"))).defer("body")


def _visible(viewer: User, acts: dict[str, list[Row]]) -> set[tuple[str, int]]:
    keys = {kind: [act.pk for act in acts.get(kind, ())] for kind in TABLES}
    return set(_statement().run(viewer=viewer.pk, **keys)) if any(keys.values()) else set()


@lru_cache
def _statement() -> Statement:
    """By each table's own `visible_to`."""
    first, *others = (
        model.objects.visible_to(Somebody())
        .filter(Among(F("pk"), Given(kind, BigIntegerField())))
        .order_by()
        .values_list(Value(kind), "pk")
        for kind, model in TABLES.items()
    )
    return written(first.union(*others, all=True))


def _movies(viewer: User, ids: list[int]) -> dict[int, dict[str, Any]]:
    rows = rows_of(ids)
    if rows and not viewer.include_adult:
        for pk in Movie.objects.filter(pk__in_array=list(rows), is_adult=True).values_list("pk", flat=True):
            del rows[pk]
    return rows


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
    if kind in TABLES and (kind, act.pk) not in known.acts:
        return False
    return not act.about or act.about in known.movies
