"""What members do with films: rate them, and write about them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.suspension import is_suspended
from catalog.holders import ATTEMPTS, Merged, again_where_merged, counted, held_by
from catalog.models import Movie
from reviews import holds, scores, standing, writing
from reviews.faults import AlreadyReviewed, Decided, Overtaken
from reviews.models import HIGHEST, LONGEST_REVIEW, LOWEST, Rating, Review, ReviewRevision, Status

WHOLE = _("A rating is a whole number from 1 to 10.")
NO_DRAFT = _("What was published does not become a draft again.")
STATUSES = (Status.DRAFT, Status.PUBLISHED)
DECIDED = (Status.HIDDEN, Status.REMOVED)


def rate_movie(*, user: User, movie: Movie, value: int) -> Rating:
    """Gives, or changes, the member's one rating of the film, or of the one that it was merged into.

    The rating of one who is suspended is kept, and counts once they are not. Raises `ValidationError`.
    """
    if type(value) is not int or not LOWEST <= value <= HIGHEST:
        raise ValidationError({"value": ValidationError(WHOLE, "invalid")})
    return _of_current(partial(_rate, user, value=value), movie.pk)


def unrate_movie(*, user: User, movie: Movie) -> None:
    """Takes the member's rating back; twice is once."""
    _of_current(partial(_unrate, user), movie.pk)


def write_review(
    *, author: User, movie: Movie, body: str, status: str = Status.PUBLISHED, rating: int | None = None, **more: Any
) -> Review:
    """The member's one review of the film, published or as a draft; with a rating, that is given too.

    `more` are `contains_spoilers` and `language`. Raises `AlreadyReviewed`, `Suspended`, `ValidationError`.
    """
    return _of_current(partial(_write, author, body=body, status=status, rating=rating, **more), movie.pk)


def edit_review(review: Review, **changes: Any) -> Review:
    """Changes `body`, `contains_spoilers`, `language`, `rating`, or publishes a draft (`status`).

    What a text said that others had seen is kept in its history. Raises `Decided`, `Suspended`, `ValidationError`.
    """
    return _of_current(partial(_edit, review, changes), review.movie_id)


@transaction.atomic
def _edit(review: Review, asked: dict[str, Any], movie_id: int) -> Review:
    now, changes = timezone.now(), dict(asked)
    author = writing.author(review.author, now)
    if "rating" in changes:  # before the review is locked: the film is always the first
        _give(author, movie_id, changes.pop("rating"))
    kept = Review.objects.select_for_update().get(pk=review.pk)
    if kept.status == Status.REMOVED:
        raise Decided
    kept.author = author
    status = changes.pop("status", kept.status)
    if status == Status.DRAFT != kept.status:
        raise ValidationError({"status": ValidationError(NO_DRAFT, "published")})
    is_new = _change(kept, changes, now) or kept.status == Status.DRAFT
    if is_new and kept.status in STATUSES and status == Status.PUBLISHED:
        _publish(kept, now)
    else:
        kept.save()
    return kept


@again_where_merged
@transaction.atomic
def delete_review(review: Review) -> None:
    """Deletes it with its history, likes and comments. Raises `Decided`: what was reported stays for who judges it."""
    with counted(review.author_id, [review.movie_id]):
        kept = Review.objects.select_for_update().filter(pk=review.pk).first()
        if kept is None:
            return
        if kept.status in DECIDED:
            raise Decided
        kept.delete()


def _of_current(act: Callable[[int], Any], movie_id: int) -> Any:
    """Does it with the film, or with the one that it has become, maybe just now."""
    for _attempt in range(1, ATTEMPTS):
        try:
            return act(movie_id)
        except Merged as fault:
            movie_id = fault.into
        except Overtaken:
            continue
    return act(movie_id)


@transaction.atomic
def _rate(user: User, movie_id: int, *, value: int) -> Rating:
    member = writing.locked(user)
    return _give(member, movie_id, value, holders=int(not held_by(user.pk, [movie_id])))


def _give(user: User, movie_id: int, value: int | None, *, holders: int = 0) -> Rating | None:
    """The score first: who merges two films holds these, and then wants the ratings. Raises `Overtaken`."""
    held = Rating.objects.filter(user=user, movie=movie_id).first()
    if value is None:
        if held is None:
            scores.raise_gone(movie_id)
        return _take(held)
    now = timezone.now()
    if held is None:
        is_counted = not is_suspended(user, now)
        scores.move(movie_id, {value: int(is_counted)}, holders=holders)
        try:
            return Rating.objects.create(user=user, movie_id=movie_id, value=value, rated_at=now, is_counted=is_counted)
        except IntegrityError as fault:  # one of another film became one of this
            raise Overtaken from fault
    if held.value != value:
        scores.move(movie_id, {value: 1, held.value: -1} if held.is_counted else {})
        if not _as_read(held).update(value=value, rated_at=now):
            raise Overtaken
        held.value, held.rated_at = value, now
    return held


def _unrate(user: User, movie_id: int) -> None:
    with counted(user.pk, [movie_id]):
        _take(Rating.objects.filter(user=user, movie=movie_id).first())


def _take(held: Rating | None) -> None:
    if held is not None:
        scores.move(held.movie_id, {held.value: -int(held.is_counted)})
        if not _as_read(held).delete()[0]:
            raise Overtaken


def _as_read(held: Rating) -> QuerySet[Rating]:
    """The rating's row, where it is still what it was: the score was moved by that."""
    return Rating.objects.filter(pk=held.pk, movie=held.movie_id, value=held.value, is_counted=held.is_counted)


def _write(user: User, movie_id: int, *, body: str, status: str, rating: int | None, **columns: Any) -> Review:
    now = timezone.now()
    text = writing.text_of(body, LONGEST_REVIEW)
    with counted(user.pk, [movie_id]):
        author = writing.author(user, now)
        if Review.objects.filter(author=author, movie=movie_id).exists():
            raise AlreadyReviewed
        review = Review(author=author, movie_id=movie_id, body=text.body, html=text.html, created_at=now, **columns)
        review.status = Status.DRAFT
        if rating is not None:
            _give(author, movie_id, rating)
        review.save()
        if status == Status.PUBLISHED:
            _publish(review, now)
    return review


def _publish(review: Review, now: datetime) -> None:
    """Shows it, or has it wait where it breaks a rule; also anew, after it was changed."""
    review.status, broken = writing.standing_of(review.author, review.body, now, review)
    review.published_at = review.published_at or now
    review.save()  # first: who is told of it must be one who may read it
    if broken:
        holds.hold(review, broken, now)
    else:
        standing.tell(review)


def _change(review: Review, changes: dict[str, Any], now: datetime) -> bool:
    """Whether the text is another then."""
    if "body" in changes:
        text = writing.text_of(changes.pop("body"), LONGEST_REVIEW)
        changes |= {"body": text.body, "html": text.html}
    changed = {name for name, value in changes.items() if getattr(review, name) != value}
    if changed & {"body", "contains_spoilers"} and review.status != Status.DRAFT:
        before = {"body": review.body, "contains_spoilers": review.contains_spoilers}
        ReviewRevision.objects.create(review=review, saved_at=now, **before)
        review.edited_at = now
    for name, value in changes.items():
        setattr(review, name, value)
    return "body" in changed
