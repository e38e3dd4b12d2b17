"""What members do, as rows: each as the services would have written it."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from accounts.models import Follow, User
from catalog.models import Movie
from reviews.models import Rating, Review
from watchlists.models import Favorite, List, ListItem, Viewing, WatchlistEntry

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
DAY = date(2026, 11, 20)
_places = count(1)


def film(movie_id: int = 0, **columns: Any) -> Movie:
    movie_id = movie_id or 1000 + next(_places)
    return Movie.objects.create(pk=movie_id, title=columns.pop("title", f"Film {movie_id}"), **columns)


def watch(user: User, movie: Movie, on: date | None = DAY, **columns: Any) -> Viewing:
    known = {"watched_on": on, "sorted_on": on or date.min, "precision": "day" if on else "unknown"}
    return Viewing.objects.create(user=user, movie=movie, **known | {"created_at": NOON} | columns)


def want(user: User, movie: Movie, **columns: Any) -> WatchlistEntry:
    return WatchlistEntry.objects.create(user=user, movie=movie, **columns)


def love(user: User, movie: Movie, **columns: Any) -> Favorite:
    return Favorite.objects.create(user=user, movie=movie, position=next(_places), **{"added_at": NOON} | columns)


def make_list(owner: User, *movies: Movie, **columns: Any) -> List:
    made = List.objects.create(owner=owner, name="Heists", **{"created_at": NOON, "updated_at": NOON} | columns)
    for movie in movies:
        put(made, movie)
    return made


def put(made: List, movie: Movie, **columns: Any) -> ListItem:
    given = {"added_at": NOON, "added_by": made.owner} | columns
    return ListItem.objects.create(list=made, movie=movie, position=next(_places), **given)


def rate(user: User, movie: Movie, value: int = 8, **columns: Any) -> Rating:
    return Rating.objects.create(user=user, movie=movie, value=value, **{"rated_at": NOON} | columns)


def review(author: User, movie: Movie, text: str = "Quiet.", **columns: Any) -> Review:
    given = {"created_at": NOON, "published_at": NOON, "html": f"<p>{text}</p>"} | columns
    return Review.objects.create(author=author, movie=movie, body=text, **given)


def follow(follower: User, followed: User, **columns: Any) -> Follow:
    """Long ago, so that it is no news."""
    return Follow.objects.create(follower=follower, followed=followed, **{"created_at": LONG_AGO} | columns)
