"""What members say of one film, for its page."""

from typing import NamedTuple

from django.db.models import QuerySet

from accounts.models import User
from accounts.models.visibility import Viewer
from reviews.models import Rating, Review, Score


class Bar(NamedTuple):
    """How many gave a value, and how long its bar is, in percent of the longest."""

    value: int
    count: int
    length: int


def bars(movie_id: int) -> list[Bar]:
    """The distribution of a film's ratings, the best first; empty while there are none. One query."""
    score = Score.objects.filter(pk=movie_id).first()
    given = score.distribution if score else {}
    most = max(given.values(), default=0)
    return [
        Bar(value, count, round(100 * count / most)) for value, count in sorted(given.items(), reverse=True) if most
    ]


def reviews_of(movie_id: int, viewer: Viewer, order: str) -> QuerySet[Review]:
    """What is said of the film and open to the viewer; without whom they mute."""
    shown = Review.objects.filter(movie=movie_id).published_to(viewer).unmuted_by(viewer)
    return (shown.most_liked() if order == "liked" else shown.newest()).for_reader(viewer)


def rating_by(user: User, movie_id: int) -> int | None:
    return Rating.objects.filter(user=user, movie=movie_id).values_list("value", flat=True).first()


def review_by(user: User, movie_id: int) -> Review | None:
    return Review.objects.filter(author=user, movie=movie_id).first()
