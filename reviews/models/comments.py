from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import BigIntegerField, F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.visibility import Viewer, apart, present
from reviews.models.reviews import Review
from reviews.models.standing import Status, WrittenQuerySet

LONGEST_COMMENT = 2_000


def thread() -> Coalesce:
    """The comment that began the thread: an answer's parent, else the comment itself."""
    return Coalesce(F("parent"), F("id"), output_field=BigIntegerField())


class CommentQuerySet(WrittenQuerySet):
    def open_to(self, viewer: Viewer) -> Q:
        """As reviews are; the one whose review it is sees it also where its author's own reviews are private."""
        found = super().open_to(viewer)
        if viewer.pk is None:
            return found
        told = Q(status=Status.PUBLISHED, review__author=viewer.pk) & present(self.owner) & ~apart(viewer, self.owner)
        return found | told

    def reached_by(self, viewer: Viewer) -> Self:
        """Those that the viewer sees on reviews that they read, and the viewer's own wherever they are."""
        readable = Q(review__in=Review.objects.readable_by(viewer).values("pk"))
        return self.visible_to(viewer).filter(readable | Q(author=viewer.pk))

    def in_threads(self) -> Self:
        """Each comment followed by its answers, the oldest first."""
        return self.annotate(thread=thread()).order_by("thread", "pk")


class Comment(models.Model):
    """What a member says below a review, or in answer to a comment there; an answer has none itself."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="comments", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="review_comments")
    # An answer outlives what it answers: it is another's.
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="answers")
    body = models.TextField(_("text"), max_length=LONGEST_COMMENT)
    html = models.TextField(editable=False, blank=True)
    status = models.CharField(_("state"), max_length=9, choices=Status, default=Status.PUBLISHED)
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="no_comment_answers_itself"),
            models.CheckConstraint(condition=~Q(status=Status.DRAFT), name="no_comment_is_a_draft"),
        ]
        indexes = [models.Index(F("review"), thread(), F("id"), name="comment_in_threads")]

    def __str__(self) -> str:
        return f"comment {self.pk} of {self.author_id} on review {self.review_id}"
