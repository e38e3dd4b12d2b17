"""What of some things the viewer may see now, by each table's own rules: statements that are written once."""

from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Value

from accounts.models import User
from activity.feed.kinds import FAVORITE, RATING, VIEWING
from activity.statements import Among, Given, Somebody, Statement, written
from catalog.models import Movie
from reviews.models import Rating, Review
from watchlists.models import Favorite, List, Viewing

ADULT = "adult"
KINDS = (RATING, VIEWING, FAVORITE, ADULT)
# Of rows that are wide, what a reader sees.
NAMED = ("pk", "username", "display_name", "avatar", "profile_privacy")


def seen_by(viewer: User, keys: dict[str, list[int]]) -> dict[str, set[int]]:
    """Of the keys of ratings, viewings and favorites by their kinds, those of what may be seen; and under `ADULT`, of
    those of films, those that are for adults.
    """
    given = {kind: keys[kind] for kind in KINDS if keys.get(kind)}
    found: dict[str, set[int]] = {kind: set() for kind in KINDS}
    for kind, pk in _seen(tuple(given)).run(viewer=viewer.pk, **given) if given else ():
        found[kind].add(pk)
    return found


def models_seen_by(viewer: User, model: type, keys: list[int]) -> dict[int, Any]:
    """Those of the reviews, lists or members of those keys that may be seen; reviews with `rating`, which is what their
    author gives the film now.
    """
    return _models(model).by_key(model, viewer=viewer.pk, keys=list(set(keys))) if keys else {}


def _tables() -> dict[str, QuerySet]:
    tables = {RATING: Rating, VIEWING: Viewing, FAVORITE: Favorite}
    seen = {kind: model.objects.visible_to(Somebody()) for kind, model in tables.items()}
    return seen | {ADULT: Movie.objects.filter(is_adult=True)}


@lru_cache
def _seen(kinds: tuple[str, ...]) -> Statement:
    tables = _tables()
    first, *others = (among(tables[kind], kind).values_list(Value(kind), "pk") for kind in kinds)
    return written(first.union(*others, all=True) if others else first)


@lru_cache
def _models(model: type) -> Statement:
    viewer = Somebody()
    rated = Rating.objects.filter(user=OuterRef("author"), movie=OuterRef("movie")).values("value")
    rows = {
        Review: Review.objects.published_to(viewer).annotate(rating=Subquery(rated)).defer("body"),
        List: List.objects.visible_to(viewer),
        User: User.objects.findable_by(viewer).only(*NAMED),
    }
    return written(among(rows[model], "keys"))


def among(rows: QuerySet, name: str) -> QuerySet:
    return rows.filter(Among(F("pk"), Given(name, BigIntegerField()))).order_by()
