"""A film for a reader: as it is held, else as TMDB tells it at once."""

from django.db.models import QuerySet

from catalog.models import Movie
from catalog.sync import fetch_movie
from catalog.tmdb.errors import TMDBNotFound, TMDBUnavailable


def held(movies: QuerySet[Movie], movie_id: int) -> tuple[Movie, bool]:
    """The film out of `movies`, fetched from TMDB when it is not held in full; and whether it is all that may be told.

    While TMDB is away, or has no such film, what is known is given. Raises `TMDBNotFound` or `TMDBUnavailable` where
    that is nothing, `Movie.DoesNotExist` where what was fetched is none of `movies`.
    """
    movie = movies.filter(pk=movie_id).first()
    if movie and not movie.is_partial:
        return movie, True
    try:
        fetch_movie(movie_id)
    except (TMDBNotFound, TMDBUnavailable):
        if movie:
            return movie, False
        raise
    return movies.get(pk=movie_id), True
