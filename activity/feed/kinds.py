"""Where each kind of act stands, whose it is, when it was, and what it is about."""

from dataclasses import dataclass

from django.db.models import BigIntegerField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.expressions import Combinable

from accounts.models import Follow, Privacy
from reviews.models import Rating, Review, Status
from watchlists.models import Favorite, List, ListItem, Viewing

NOTHING = Value(0)
OPEN = (Privacy.PUBLIC, Privacy.FOLLOWERS)
RATING, REVIEW, VIEWING, FAVORITE = "rating", "review", "viewing", "favorite"
LIST, LIST_ITEMS, FOLLOW = "list", "list_items", "follow"


@dataclass(frozen=True)
class Kind:
    """`member` and `at` are the columns that an index of the table is by, together and `at` alone.

    `about` is the film, or the member, that an act is about; `value` the rating it gives. Acts of one member are put
    together where `subject` is the same: the list that films were put into; a review and a new list stand alone.
    `privacy` is the member's column that may close them all. What is left out here is left out early: who may see what
    is found is asked of its table in the end (see `activity.feed.shown`).
    """

    name: str
    acts: QuerySet
    member: str
    at: str
    about: Combinable = NOTHING
    value: Combinable = NOTHING
    subject: Combinable = NOTHING
    privacy: str | None = None


KINDS = (
    Kind(RATING, Rating.objects.all(), "user", "rated_at", F("movie_id"), F("value"), privacy="reviews_privacy"),
    Kind(
        REVIEW,
        Review.objects.filter(status=Status.PUBLISHED),
        "author",
        "published_at",
        F("movie_id"),
        subject=F("pk"),
        privacy="reviews_privacy",
    ),
    Kind(VIEWING, Viewing.objects.all(), "user", "created_at", F("movie_id"), F("rating"), privacy="history_privacy"),
    Kind(FAVORITE, Favorite.objects.all(), "user", "added_at", F("movie_id"), privacy="favorites_privacy"),
    Kind(LIST, List.objects.filter(visibility__in=OPEN), "owner", "created_at", subject=F("pk")),
    Kind(
        LIST_ITEMS,
        # What others put into a member's list is no act of the member's.
        ListItem.objects.filter(list__visibility__in=OPEN, added_by=F("list__owner")),
        "added_by",
        "added_at",
        F("movie_id"),
        subject=F("list_id"),
    ),
    # As the index has it, which SQLite would not use of a bare `WHERE is_accepted`.
    Kind(FOLLOW, Follow.objects.filter(is_accepted__in=(True,)), "follower", "created_at", F("followed_id")),
)


def whole(column: str) -> Combinable:
    """A member's column as a number that no index is by."""
    return ExpressionWrapper(F(f"{column}_id") + Value(0, BigIntegerField()), BigIntegerField())
