"""What members give films, and what comes of it for each film."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedQuerySet
from catalog.models import Movie

LOWEST, HIGHEST = 1, 10
VALUES = range(LOWEST, HIGHEST + 1)
NAMED = tuple(
    f"movie__{name}" for name in ("title", "original_title", "original_language", "released_on", "poster_path")
)


class RatingQuerySet(OwnedQuerySet):
    """A rating is as open as its member's reviews are."""

    privacy = ("user__reviews_privacy",)

    def latest_first(self) -> "RatingQuerySet":
        return self.order_by("-rated_at", "-pk")

    def about_films(self) -> "RatingQuerySet":
        """Each with as much of its film as shows it by name."""
        return self.select_related("movie").only("value", "rated_at", *NAMED)


class Rating(models.Model):
    """What one member gives one film, from 1 to 10; the latest, where they changed their mind."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="ratings", db_index=False)
    movie = models.ForeignKey(Movie, models.CASCADE, related_name="ratings")
    value = models.PositiveSmallIntegerField(
        _("value"), validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)]
    )
    rated_at = models.DateTimeField(_("rated"), default=timezone.now, editable=False)
    # Whether the film's score holds it: not that of a member who is suspended or shut out.
    is_counted = models.BooleanField(default=True, editable=False)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.UniqueConstraint(fields=["user", "movie"], name="one_rating_per_user_and_movie"),
            models.CheckConstraint(condition=Q(value__gte=LOWEST, value__lte=HIGHEST), name="rating_in_bounds"),
        ]
        indexes = [
            models.Index(fields=["user", "-rated_at", "-id"], name="rating_by_user"),
            # The worker's round that counts them again.
            models.Index("user", name="rating_not_counted", condition=Q(is_counted=False)),
            # The feed's, of one who follows many: what was done of late, by whomever.
            models.Index(fields=["rated_at"], name="rating_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.value} of {self.user_id} for {self.movie_id}"


class Score(models.Model):
    """How often each value was given to a film; moves by difference, with `Movie.rating_total` and `rating_count`."""

    movie = models.OneToOneField(Movie, models.CASCADE, primary_key=True, related_name="score")
    n1 = models.PositiveIntegerField(default=0)
    n2 = models.PositiveIntegerField(default=0)
    n3 = models.PositiveIntegerField(default=0)
    n4 = models.PositiveIntegerField(default=0)
    n5 = models.PositiveIntegerField(default=0)
    n6 = models.PositiveIntegerField(default=0)
    n7 = models.PositiveIntegerField(default=0)
    n8 = models.PositiveIntegerField(default=0)
    n9 = models.PositiveIntegerField(default=0)
    n10 = models.PositiveIntegerField(default=0)
    # What films are ranked by (`reviews.scores.weigh_anew`): written once an hour, and until then 0.
    weighted = models.FloatField(default=0)

    class Meta:
        indexes = [models.Index(fields=["-weighted", "-movie"], name="score_by_weight")]

    def __str__(self) -> str:
        return f"the score of {self.movie_id}"

    @property
    def distribution(self) -> dict[int, int]:
        """How often each value was given, the lowest first."""
        return {value: getattr(self, f"n{value}") for value in VALUES}
