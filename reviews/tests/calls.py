"""What the tests of reviews call, and read of the answers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import DatabaseError, connection
from rest_framework.response import Response

from accounts.models import User
from accounts.tests.members import API, caller
from catalog.models import Movie
from reviews.faults import AlreadyReviewed
from reviews.models import Rating, Review, Score, Status
from reviews.models.ratings import VALUES

RATINGS, REVIEWS = f"{API}/movies/949/ratings", f"{API}/movies/949/reviews"


def faults(response: Response) -> list[tuple[str | None, str]]:
    assert response.status_code == 400, response.content
    return [(fault["attr"], fault["code"]) for fault in response.json()["errors"]]


def code(response: Response) -> tuple[int, str]:
    return response.status_code, response.json()["errors"][0]["code"]


def authors(response: Response) -> list[str]:
    assert response.status_code == 200, response.content
    return [row["author"]["username"] for row in response.json()["results"]]


def make_members(number: int) -> list[User]:
    """As many as are wanted, in one statement; none of them can sign in."""
    return User.objects.bulk_create(
        User(username=f"many-{place}", email=f"many-{place}@example.org", password="!") for place in range(number)
    )


def at_once(workers: int, act: Callable[[Any], object], things: list) -> list[Exception]:
    """Does it to each of the things, so many at the same time; what went wrong."""

    def go(some: list) -> list[Exception]:
        faults = []
        try:
            for thing in some:
                try:
                    act(thing)
                except (DatabaseError, AlreadyReviewed) as fault:
                    faults.append(fault)
        finally:
            connection.close()
        return faults

    with ThreadPoolExecutor(workers) as pool:
        shares = [things[place::workers] for place in range(workers)]
        return [fault for faults in pool.map(go, shares) for fault in faults]


def assert_scores_are_right() -> None:
    """What the columns tell of each film is what the rows do."""
    for movie in Movie.objects.all():
        counted = list(Rating.objects.filter(movie=movie, is_counted=True).values_list("value", flat=True))
        assert (movie.rating_total, movie.rating_count) == (sum(counted), len(counted)), movie
        score = Score.objects.filter(pk=movie.pk).first()
        assert (score.distribution if score else dict.fromkeys(VALUES, 0)) == {
            value: counted.count(value) for value in VALUES
        }, movie


def assert_counts_are_right() -> None:
    for review in Review.objects.all():
        told = (review.like_count, review.comment_count)
        assert told == (review.likes.count(), review.comments.filter(status=Status.PUBLISHED).count()), review


__all__ = ["API", "RATINGS", "REVIEWS", "caller"]
