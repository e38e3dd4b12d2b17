"""A text that comes to be seen, or ceases to be."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from reviews import notices
from reviews.models import Comment, Review, Status


@transaction.atomic
def set_status(text: Review | Comment, status: str) -> None:
    """Puts a review or a comment into the state; what counts it, and who is to be told of it, follow. Twice is once."""
    kept = type(text).objects.select_for_update().get(pk=text.pk)
    text.status = status
    if kept.status == status:
        return
    columns = {"status": status}
    if isinstance(text, Review) and status == Status.PUBLISHED and kept.published_at is None:
        columns["published_at"] = text.published_at = timezone.now()
    type(text).objects.filter(pk=text.pk).update(**columns)
    if isinstance(text, Comment):
        count_comments(text.review_id, (status == Status.PUBLISHED) - (kept.status == Status.PUBLISHED))
    if status == Status.PUBLISHED:
        tell(text)


def tell(text: Review | Comment) -> None:
    if isinstance(text, Comment):
        notices.commented(text)
    else:
        notices.published(text)


def count_comments(review_id: int, by: int) -> None:
    if by:
        Review.objects.filter(pk=review_id).update(comment_count=Greatest(F("comment_count") + by, 0))
