"""Films' rows by their ids. Django writes the statements once for each number of ids: it is most of their cost."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from catalog.models import Movie

# The columns that a row shows; lists read these alone, and no model is made of them.
ROW_COLUMNS = (
    "tmdb_id",
    "title",
    "released_on",
    "poster_path",
    "original_title",
    "original_language",
    "runtime",
    "backdrop_path",
    "popularity",
    "tmdb_vote_average",
    "tmdb_vote_count",
    "rating_total",
    "rating_count",
)
# Of a page; of more ids than that, few numbers come twice.
MOST_NUMBERS = 128


def rows_of(movies: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The `ROW_COLUMNS` of those of the films that are held, by their ids."""
    found = _fetched(_columns_sql, movies)
    return {row[0]: dict(zip(ROW_COLUMNS, row, strict=True)) for row in found}


def genres_of(movies: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """The genres of each of the films that has any, by name."""
    found: dict[int, list[dict[str, Any]]] = {}
    for movie_id, genre_id, name in sorted(_fetched(_genres_sql, movies), key=lambda row: row[2]):
        found.setdefault(movie_id, []).append({"id": genre_id, "name": name})
    return found


def _fetched(statement: Any, movies: Sequence[int]) -> list[tuple]:
    ids = list(dict.fromkeys(movies))
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement(len(ids)), ids)
        return cursor.fetchall()


@lru_cache(MOST_NUMBERS)
def _columns_sql(number: int) -> str:
    return _sql(Movie.objects.filter(pk__in=range(number)).values_list(*ROW_COLUMNS))


@lru_cache(MOST_NUMBERS)
def _genres_sql(number: int) -> str:
    tagged = Movie.genres.through.objects.filter(movie__in=range(number))
    return _sql(tagged.values_list("movie", "genre", "genre__name"))


def _sql(rows: QuerySet) -> str:
    """The statement, whose parameters are the ids."""
    return rows.order_by().query.sql_with_params()[0]
