"""What a member has to do with films: wanted, loved, seen, rated, reviewed."""

from collections.abc import Iterable
from typing import TypedDict

from django.db.models import Count, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from accounts.models import User
from reviews.models import Rating, Review
from watchlists import films
from watchlists.models import Favorite, Viewing, WatchlistEntry

# As many of one call.
MOST_FILMS = 100


class State(TypedDict):
    """A member's own of one film; `watched` also where the watchlist alone says so, `rating` 1 to 10."""

    in_watchlist: bool
    favorite: bool
    watched: bool
    plays: int
    rating: int | None
    review_id: int | None


NOTHING = State(in_watchlist=False, favorite=False, watched=False, plays=0, rating=None, review_id=None)


def states_of(user: User, movie_ids: Iterable[int]) -> dict[int, State]:
    """The state of each of the films, by the ids asked for; of one that was merged, that of the film it has become.

    Two queries, however many films.
    """
    current = films.current_ids(movie_ids)
    states = {pk: State(**NOTHING) for pk in current.values()}
    for movie_id, kind, value in _told(user, list(states)):
        states[movie_id].update(READ[kind](value))
    return {asked: states[pk] for asked, pk in current.items()}


READ = {
    "watchlist": lambda is_watched: {"in_watchlist": True, **({"watched": True} if is_watched else {})},
    "favorite": lambda _: {"favorite": True},
    "viewings": lambda plays: {"watched": True, "plays": plays},
    "rating": lambda value: {"rating": value},
    "review": lambda pk: {"review_id": pk},
}


def _told(user: User, movie_ids: list[int]) -> QuerySet:
    """Film, kind and number of all that is the member's."""
    mine = {"user": user, "movie__in_array": movie_ids}
    told = [
        _rows("watchlist", WatchlistEntry.objects.filter(**mine), Cast("is_watched", IntegerField())),
        _rows("favorite", Favorite.objects.filter(**mine), F("pk")),
        _rows("viewings", Viewing.objects.filter(**mine).values("movie"), Count("pk")),
        _rows("rating", Rating.objects.filter(**mine), F("value")),
        _rows("review", Review.objects.filter(author=user, movie__in_array=movie_ids), F("pk")),
    ]
    return told[0].union(*told[1:], all=True)


def _rows(kind: str, rows: QuerySet, number: F | Cast | Count) -> QuerySet:
    return rows.annotate(kind=Value(kind), number=number).values_list("movie", "kind", "number")
