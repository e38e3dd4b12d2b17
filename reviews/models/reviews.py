from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.visibility import Viewer
from catalog.models import Movie
from reviews.models.ratings import NAMED, Rating
from reviews.models.standing import Status, WrittenQuerySet

LONGEST_REVIEW = 10_000
# Of rows that are wide, what a reader sees.
AUTHOR = tuple(f"author__{name}" for name in ("username", "display_name", "avatar"))


class ReviewQuerySet(WrittenQuerySet):
    def newest(self) -> "ReviewQuerySet":
        """Of those published, the last first."""
        return self.order_by("-published_at", "-pk")

    def most_liked(self) -> "ReviewQuerySet":
        return self.order_by("-like_count", "-pk")

    def latest_written(self) -> "ReviewQuerySet":
        """Of those in any state, the last begun first."""
        return self.order_by("-created_at", "-pk")

    def for_reader(self, viewer: Viewer) -> "ReviewQuerySet":
        """Each with author and film; with `rating`, what its author gives the film now; and `liked`, by the viewer."""
        given = Rating.objects.filter(user=models.OuterRef("author"), movie=models.OuterRef("movie"))
        rows = self.annotate(
            rating=models.Subquery(given.values("value")), liked=models.Exists(Like.objects.of(viewer))
        )
        return rows.select_related("author", "movie").only(*self.columns(), *AUTHOR, *NAMED)

    def columns(self) -> list[str]:
        return [field.name for field in self.model._meta.concrete_fields]

    def liked_or_readable_by(self, viewer: Viewer) -> "ReviewQuerySet":
        """As `readable_by`, and what the viewer likes, though it is hidden from them by now."""
        return self.readable_by(viewer) | self.filter(models.Exists(Like.objects.of(viewer)))


class Review(models.Model):
    """What one member wrote about one film. Its text stays as it was typed; `html` is that text, rendered."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reviews", db_index=False)
    movie = models.ForeignKey(Movie, models.CASCADE, related_name="reviews")
    body = models.TextField(_("text"), max_length=LONGEST_REVIEW)
    html = models.TextField(editable=False, blank=True)
    contains_spoilers = models.BooleanField(_("contains spoilers"), default=False)
    language = models.CharField(_("language"), max_length=12, blank=True)
    status = models.CharField(_("state"), max_length=9, choices=Status, default=Status.PUBLISHED)
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)
    # Columns, since the most liked of a hundred thousand are not to be counted out. Moved by difference.
    like_count = models.PositiveIntegerField(_("likes"), default=0, editable=False)
    comment_count = models.PositiveIntegerField(_("comments"), default=0, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["author", "movie"], name="one_review_per_author_and_movie"),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="published_review_has_its_moment",
            ),
        ]
        indexes = [
            # A film's reviews in their two orders, of those that are shown.
            models.Index(
                fields=["movie", "-published_at", "-id"],
                condition=Q(status=Status.PUBLISHED),
                name="review_by_movie_newest",
            ),
            models.Index(
                fields=["movie", "-like_count", "-id"],
                condition=Q(status=Status.PUBLISHED),
                name="review_by_movie_liked",
            ),
            # A member's page, and the feed.
            models.Index(
                fields=["author", "-published_at", "-id"], condition=Q(status=Status.PUBLISHED), name="review_by_author"
            ),
            # The feed's, of one who follows many: what was done of late, by whomever.
            models.Index(fields=["published_at"], name="review_by_time", condition=Q(status=Status.PUBLISHED)),
            # One's own, drafts among them.
            models.Index(fields=["author", "-created_at", "-id"], name="review_by_author_any_state"),
        ]

    def __str__(self) -> str:
        return f"the review of {self.movie_id} by {self.author_id}"


class ReviewRevision(models.Model):
    """What a published review said before it was edited."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="revisions", db_index=False)
    body = models.TextField(_("text"), max_length=LONGEST_REVIEW)
    contains_spoilers = models.BooleanField(_("contains spoilers"), default=False)
    saved_at = models.DateTimeField(_("until"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("earlier text of a review")
        verbose_name_plural = _("earlier texts of reviews")
        indexes = [models.Index(fields=["review", "-saved_at", "-id"], name="revision_by_review")]

    def __str__(self) -> str:
        return f"what review {self.review_id} said until {self.saved_at:%Y-%m-%d}"


class LikeQuerySet(models.QuerySet):
    def of(self, viewer: Viewer) -> "LikeQuerySet":
        """The viewer's like of the review at hand, for a subquery."""
        return self.filter(review=models.OuterRef("pk"), user=viewer.pk)


class Like(models.Model):
    review = models.ForeignKey(Review, models.CASCADE, related_name="likes", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="likes")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = LikeQuerySet.as_manager()

    class Meta:
        verbose_name = _("like")
        verbose_name_plural = _("likes")
        constraints = [models.UniqueConstraint(fields=["review", "user"], name="one_like_per_review_and_user")]

    def __str__(self) -> str:
        return f"{self.user_id} likes review {self.review_id}"
