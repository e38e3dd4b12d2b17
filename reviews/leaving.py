"""What becomes of a member's ratings and texts when they are erased, and what is in their archive."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Model, QuerySet
from django.db.models.functions import Greatest

from accounts import erasing, exports
from accounts.models import User
from catalog.holders import counted
from reviews import scores
from reviews.models import Comment, Like, Rating, Review, ReviewRevision, Status

FILM = ("movie_id", "movie__title")
TEXT = ("body", "contains_spoilers", "language", "status", "created_at", "published_at", "edited_at")

erasing.tells(
    {
        "reviews.Appeal.answered_by": erasing.ANONYMISED,
        "reviews.Case.author": erasing.ERASED,
        "reviews.Comment.author": erasing.ERASED,
        "reviews.Decision.made_by": erasing.ANONYMISED,
        "reviews.Decision.member": erasing.ERASED,
        "reviews.Decision.undone_by": erasing.ANONYMISED,
        "reviews.Like.user": erasing.ERASED,
        "reviews.Rating.user": erasing.ERASED,
        "reviews.Report.reporter": erasing.ERASED,
        "reviews.Review.author": erasing.ERASED,
    }
)


@erasing.before
def put_counts_right(user: User) -> None:
    """Takes out of films' scores, and of others' reviews, what the member gave them, and deletes it."""
    with counted(user.pk, lambda: {*_own(Rating, "user", user), *_own(Review, "author", user)}):
        scores.count_out(user)
        Rating.objects.filter(user=user).delete()
        Review.objects.filter(author=user).delete()
    likes, comments = Like.objects.filter(user=user), Comment.objects.filter(author=user)
    of_reviews = Counter(comments.filter(status=Status.PUBLISHED).values_list("review_id", flat=True))
    liked = Review.objects.filter(pk__in=likes.values("review"))
    _lock(liked | Review.objects.filter(pk__in_array=of_reviews))
    liked.update(like_count=Greatest(F("like_count") - 1, 0))
    for number in set(of_reviews.values()):
        same = [review_id for review_id, own in of_reviews.items() if own == number]
        Review.objects.filter(pk__in_array=same).update(comment_count=Greatest(F("comment_count") - number, 0))
    likes.delete()
    comments.delete()


def _own(model: type[Model], owner: str, user: User) -> QuerySet:
    return model.objects.filter(**{owner: user}).values_list("movie_id", flat=True)


def _lock(rows: QuerySet) -> None:
    list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _ratings(user: User) -> Iterable[dict[str, Any]]:
    return Rating.objects.filter(user=user).order_by("pk").values(*FILM, "value", "rated_at")


def _reviews(user: User) -> Iterable[dict[str, Any]]:
    return Review.objects.filter(author=user).order_by("pk").values(*FILM, *TEXT)


def _earlier(user: User) -> Iterable[dict[str, Any]]:
    own = ReviewRevision.objects.filter(review__author=user).order_by("pk")
    return own.values("review__movie_id", "review__movie__title", "body", "contains_spoilers", "saved_at")


def _comments(user: User) -> Iterable[dict[str, Any]]:
    own = Comment.objects.filter(author=user).order_by("pk")
    return own.values("review_id", "parent_id", "body", "status", "created_at", "edited_at")


def _likes(user: User) -> Iterable[dict[str, Any]]:
    return Like.objects.filter(user=user).order_by("pk").values("review_id", "created_at")


exports.add_part("ratings", _ratings)
exports.add_part("reviews", _reviews)
exports.add_part("earlier_reviews", _earlier)
exports.add_part("comments", _comments)
exports.add_part("likes", _likes)
