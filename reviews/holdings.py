"""What this floor tells the catalogue: who holds which film by rating or reviewing it, and how films are merged."""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import partial

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from catalog.holders import tells_held
from catalog.merging import move_rows, moves_holdings, tells_holders
from reviews import scores
from reviews.models import Comment, Like, Rating, Review, ReviewRevision, Status

TEXT = ("body", "html", "contains_spoilers", "language", "status", "created_at", "published_at", "edited_at")


@tells_held
def held_here(user_id: int, movie_ids: Collection[int]) -> Iterable[QuerySet]:
    mine = Rating.objects.filter(user=user_id), Review.objects.filter(author=user_id)
    return [rows.filter(movie__in_array=movie_ids).values_list("movie_id") for rows in mine]


@tells_holders
def holders_here(movie_id: int) -> Iterable[int]:
    rated = Rating.objects.filter(movie=movie_id).values_list("user_id", flat=True)
    return rated.union(Review.objects.filter(movie=movie_id).values_list("author_id"))


@moves_holdings
def move(old_id: int, new_id: int) -> int:
    """Of one member's two ratings the later stays; of two reviews one stays, with what both were given."""
    off_old: Counter[int] = Counter()
    off_new: Counter[int] = Counter()
    ratings = move_rows(
        Rating, old_id, new_id, unique_with=["user"], resolve=partial(_join_ratings, off_old=off_old, off_new=off_new)
    )
    scores.join(old_id, new_id, off_old, off_new)
    reviews = move_rows(Review, old_id, new_id, unique_with=["author"], resolve=_join_reviews)
    return sum(found.moved + len(found.doubled) for found in (ratings, reviews))


def _join_ratings(staying: Rating, leaving: Rating, *, off_old: Counter, off_new: Counter) -> list[str]:
    if leaving.rated_at <= staying.rated_at:
        off_old[leaving.value] += leaving.is_counted
        return []
    off_new[staying.value] += staying.is_counted
    for name in ("value", "rated_at", "is_counted"):
        setattr(staying, name, getattr(leaving, name))
    return ["value", "rated_at", "is_counted"]


def _join_reviews(staying: Review, leaving: Review) -> list[str]:
    """What is published stays before what is not, and the later before the earlier; the other goes into its history.

    Likes and comments of both are its own then, and one who liked both likes it once.
    """
    Comment.objects.filter(review=leaving).update(review=staying)
    twice = Like.objects.filter(review=staying, user=OuterRef("user"))
    Like.objects.filter(Exists(twice), review=leaving).delete()
    Like.objects.filter(review=leaving).update(review=staying)
    ReviewRevision.objects.filter(review=leaving).update(review=staying)
    names = ["like_count", "comment_count"]
    staying.like_count = Like.objects.filter(review=staying).count()
    staying.comment_count = Comment.objects.filter(review=staying, status=Status.PUBLISHED).count()
    lost = leaving
    if _worth(leaving) > _worth(staying):
        lost = Review(body=staying.body, contains_spoilers=staying.contains_spoilers)
        for name in TEXT:
            setattr(staying, name, getattr(leaving, name))
        names += TEXT
    ReviewRevision.objects.create(
        review=staying, body=lost.body, contains_spoilers=lost.contains_spoilers, saved_at=timezone.now()
    )
    return names


def _worth(review: Review) -> tuple:
    return review.status == Status.PUBLISHED, review.published_at or review.created_at
