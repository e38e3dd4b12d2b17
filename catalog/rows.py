"""Films' rows by their ids, by statements that are written once: it is most of their cost."""

from collections.abc import Sequence
from typing import Any

from catalog.models import Movie
from catalog.statements import Statement

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
COLUMNS = Statement(lambda: Movie.objects.filter(pk__in_array=[]).order_by().values_list(*ROW_COLUMNS))
GENRES = Statement(
    lambda: Movie.genres.through.objects.filter(movie__in_array=[]).values_list("movie", "genre", "genre__name")
)


def rows_of(movies: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The `ROW_COLUMNS` of those of the films that are held, by their ids."""
    found = COLUMNS.rows(list(movies)) if movies else []
    return {row[0]: dict(zip(ROW_COLUMNS, row, strict=True)) for row in found}


def genres_of(movies: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """The genres of each of the films that has any, by name."""
    found: dict[int, list[dict[str, Any]]] = {}
    tagged = GENRES.rows(list(movies)) if movies else []
    for movie_id, genre_id, name in sorted(tagged, key=lambda row: row[2]):
        found.setdefault(movie_id, []).append({"id": genre_id, "name": name})
    return found
