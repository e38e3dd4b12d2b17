"""The film that a member means: as it is held, or the one that it has become."""

from catalog.models import Movie
from catalog.sync import fetch_movie


def current(movie_id: int) -> Movie:
    """The film, or the one that it was merged into. Raises `Movie.DoesNotExist`."""
    movie = Movie.objects.only("pk", "merged_into").get(pk=movie_id)
    return movie if movie.merged_into_id is None else Movie.objects.only("pk").get(pk=movie.merged_into_id)


def wanted(movie_id: int) -> Movie:
    """As `current`; what is not held yet is fetched from TMDB. Raises `TMDBNotFound`, `TMDBUnavailable`."""
    if not Movie.objects.filter(pk=movie_id).exists():
        fetch_movie(movie_id)
    return current(movie_id)
