"""What of some things the viewer may see now, by each table's own rules: one statement, written once."""

from functools import lru_cache

from django.db.models import BigIntegerField, F, OuterRef, PositiveSmallIntegerField, QuerySet, Subquery, Value

from accounts.models import User
from activity.feed.kinds import FAVORITE, LIST, RATING, REVIEW, VIEWING
from activity.feed.statements import Among, Given, Somebody, Statement, written
from catalog.models import Movie
from reviews.models import Rating, Review
from watchlists.models import Favorite, List, Viewing

USER, ADULT = "user", "adult"
KINDS = (RATING, VIEWING, FAVORITE, REVIEW, LIST, USER, ADULT)
NO_NUMBER = Value(0, PositiveSmallIntegerField())


def seen_by(viewer: User, keys: dict[str, list[int]]) -> dict[str, dict[int, int | None]]:
    """Of the keys of each of `KINDS`, those of what may be seen; a review's with what its author gives the film now."""
    found: dict[str, dict[int, int | None]] = {kind: {} for kind in KINDS}
    given = {kind: keys[kind] for kind in KINDS if keys.get(kind)}
    for kind, pk, number in _statement(tuple(given)).run(viewer=viewer.pk, **given) if given else ():
        found[kind][pk] = number
    return found


def _open() -> dict[str, QuerySet]:
    """What a viewer may see of each kind."""
    viewer = Somebody()
    rated = Rating.objects.filter(user=OuterRef("author"), movie=OuterRef("movie")).values("value")
    tables = {RATING: Rating, VIEWING: Viewing, FAVORITE: Favorite, LIST: List}
    seen = {kind: model.objects.visible_to(viewer).annotate(number=NO_NUMBER) for kind, model in tables.items()}
    seen[REVIEW] = Review.objects.published_to(viewer).annotate(number=Subquery(rated))
    # The films that are not for everyone, rather.
    seen[ADULT] = Movie.objects.filter(is_adult=True).annotate(number=NO_NUMBER)
    seen[USER] = User.objects.findable_by(viewer).annotate(number=NO_NUMBER)
    return seen


@lru_cache
def _statement(kinds: tuple[str, ...]) -> Statement:
    seen, columns = _open(), ("pk", "number")
    first, *others = (
        seen[kind].filter(Among(F("pk"), Given(kind, BigIntegerField()))).order_by().values_list(Value(kind), *columns)
        for kind in kinds
    )
    return written(first.union(*others, all=True) if others else first)
