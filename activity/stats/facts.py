"""What a member's numbers are made of, as plain tuples: of ten thousand of anything else the collector of garbage
would keep looking at each.
"""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.models import User
from catalog.models import Credit, Genre, Movie, Person
from reviews.models import Rating
from watchlists.models import Viewing

# So many people are named, and so many of the cast of each film are looked at: whom the poster names.
MOST_PEOPLE, BILLED = 10, 5
DIRECTED = {"kind": Credit.Kind.CREW, "job": "Director"}
PLAYED = {"kind": Credit.Kind.CAST, "position__lt": BILLED}


# Film, first day of what is known of the time, how well it is known, whether it is a rewatch.
Seen = tuple[int, date, str, bool]
# Film, value, whether the film's score holds it; the score's total and count; TMDB's average and count.
Given = tuple[int, int, bool, int, int, float, int]
# Minutes, day of release, language of the original, bits of genres, countries.
Film = tuple[int | None, date | None, str, int, tuple[str, ...]]


class Facts(NamedTuple):
    """`directors` and `actors` are people by how many of the films they had a part in, the most first."""

    viewings: list[Seen]
    films: dict[int, Film]
    ratings: list[Given]
    directors: list[dict[str, Any]]
    actors: list[dict[str, Any]]
    genres: dict[int, str]


def facts_of(member: User, year: int | None) -> Facts:
    """Of the viewings and ratings of that year, or of all. Seven queries."""
    viewings, ratings = _within(member, year)
    films = _films(viewings)
    told = viewings.values_list("movie_id", "sorted_on", "precision", "is_rewatch")
    directors, actors = (_people(viewings, **part) for part in (DIRECTED, PLAYED))
    named = Person.objects.in_bulk({pk for pk, _ in (*directors, *actors)})
    others = ("movie__rating_total", "movie__rating_count", "movie__tmdb_vote_average", "movie__tmdb_vote_count")
    return Facts(
        # One that came between the two statements waits for the next time.
        [seen for seen in told if seen[0] in films],
        films,
        list(ratings.values_list("movie_id", "value", "is_counted", *others)),
        [_person(named[pk], number) for pk, number in directors],
        [_person(named[pk], number) for pk, number in actors],
        dict(Genre.objects.values_list("pk", "name")),
    )


def _within(member: User, year: int | None) -> tuple[QuerySet[Viewing], QuerySet[Rating]]:
    viewings, ratings = Viewing.objects.filter(user=member), Rating.objects.filter(user=member)
    if year is None:
        return viewings, ratings
    begins, ends = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    return (
        viewings.filter(sorted_on__gte=begins.date(), sorted_on__lt=ends.date()),
        ratings.filter(rated_at__gte=begins, rated_at__lt=ends),
    )


def _films(viewings: QuerySet[Viewing]) -> dict[int, Film]:
    """Countries come as text: ten thousand films have few different ones, and each is read once."""
    columns = ("pk", "runtime", "released_on", "original_language", "genre_bits")
    watched = Movie.objects.filter(pk__among=viewings.order_by().values("movie"))
    rows = watched.annotate(made_in=Cast("countries", TextField())).values_list(*columns, "made_in")
    read = lru_cache(maxsize=None)(lambda text: tuple(orjson.loads(text)))
    return {pk: (*facts, read(countries)) for pk, *facts, countries in rows}


def _people(viewings: QuerySet[Viewing], **part: Any) -> list[tuple[int, int]]:
    """The ids of those who had that part in most of the films, and in how many."""
    credited = Credit.objects.filter(movie__pk__among=viewings.order_by().values("movie"), **part)
    counted = credited.values("person").annotate(films=Count("movie", distinct=True))
    return list(counted.order_by("-films", "person").values_list("person", "films")[:MOST_PEOPLE])


def _person(person: Person, films: int) -> dict[str, Any]:
    return {"id": person.pk, "name": person.name, "profile_path": person.profile_path, "films": films}
