"""What members say to a review: that they like it, and comments."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews import holds, notices, standing, writing
from reviews.faults import Decided
from reviews.models import LONGEST_COMMENT, Comment, Like, Review, Status

OWN = _("This review is yours.")
NO_SUCH_COMMENT = _("There is no such comment on this review.")
DEEP = _("This is an answer already; answer the comment that began the thread.")


@transaction.atomic
def like_review(*, review: Review, user: User) -> Like:
    """Likes it; twice is once.

    Raises `Review.DoesNotExist` where it is not published, `Suspended`, `ValidationError`.
    """
    now = timezone.now()
    member = writing.author(user, now)
    if review.author_id == member.pk:
        raise ValidationError(OWN, "yourself")
    like, is_new = Like.objects.get_or_create(review=review, user=member, defaults={"created_at": now})
    if is_new:
        if not Review.objects.filter(pk=review.pk, status=Status.PUBLISHED).update(like_count=F("like_count") + 1):
            raise Review.DoesNotExist
        notices.liked(review, member)
    return like


@transaction.atomic
def unlike_review(*, review: Review, user: User) -> None:
    """Takes the like back; twice is once."""
    writing.locked(user)
    if Like.objects.filter(review=review, user=user).delete()[0]:
        Review.objects.filter(pk=review.pk).update(like_count=Greatest(F("like_count") - 1, 0))


@transaction.atomic
def write_comment(*, review: Review, author: User, body: str, parent_id: int | None = None) -> Comment:
    """A comment on the review, or an answer to one there.

    Raises `Review.DoesNotExist` where it is not published, `Suspended`, `ValidationError`.
    """
    now = timezone.now()
    text = writing.text_of(body, LONGEST_COMMENT)
    writer = writing.author(author, now)
    review = Review.objects.select_for_update().select_related(None).get(pk=review.pk, status=Status.PUBLISHED)
    parent = None if parent_id is None else _answered(review, writer, parent_id)
    comment = Comment(review=review, author=writer, parent=parent, body=text.body, html=text.html, created_at=now)
    comment.status, broken = writing.standing_of(writer, text.body, now)
    comment.save()
    if broken:
        holds.hold(comment, broken, now)
    else:
        standing.count_comments(review.pk, 1)
        standing.tell(comment)
    return comment


@transaction.atomic
def edit_comment(comment: Comment, *, body: str) -> Comment:
    """Changes what it says. Raises `Decided`, `Suspended`, `ValidationError`."""
    now = timezone.now()
    text = writing.text_of(body, LONGEST_COMMENT)
    writer = writing.author(comment.author, now)
    Review.objects.select_for_update().filter(pk=comment.review_id).values_list("pk").first()
    kept = Comment.objects.select_for_update(of=("self",)).select_related("review__movie", "parent").get(pk=comment.pk)
    if kept.status == Status.REMOVED:
        raise Decided
    if kept.body == text.body:
        return kept
    kept.author, kept.edited_at, kept.body, kept.html = writer, now, text.body, text.html
    broken = None
    if kept.status == Status.PUBLISHED:
        kept.status, broken = writing.standing_of(writer, text.body, now, kept)
    kept.save()
    if broken:
        holds.hold(kept, broken, now)
        standing.count_comments(kept.review_id, -1)
    elif kept.status == Status.PUBLISHED:
        standing.tell(kept)
    return kept


@transaction.atomic
def delete_comment(comment: Comment) -> None:
    """Deletes it; what answers it stays. Raises `Decided`: what was reported stays for who judges it."""
    Review.objects.select_for_update().filter(pk=comment.review_id).values_list("pk").first()
    kept = Comment.objects.select_for_update().filter(pk=comment.pk).first()
    if kept is None:
        return
    if kept.status in (Status.HIDDEN, Status.REMOVED):
        raise Decided
    kept.delete()
    standing.count_comments(kept.review_id, -int(kept.status == Status.PUBLISHED))


def _answered(review: Review, writer: User, parent_id: int) -> Comment:
    parent = Comment.objects.published_to(writer).filter(review=review, pk=parent_id).first()
    if parent is None:
        raise ValidationError({"parent_id": ValidationError(NO_SUCH_COMMENT, "no_such_comment")})
    if parent.parent_id is not None:
        raise ValidationError({"parent_id": ValidationError(DEEP, "too_deep")})
    return parent
