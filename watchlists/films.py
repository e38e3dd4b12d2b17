"""Films that members name by their TMDB id, held here or not yet."""

from collections.abc import Iterable

from catalog.filter_fields import BIGGEST_ID
from catalog.models import Movie
from catalog.sync import fetch_movie
from catalog.tmdb.errors import TMDBNotFound, TMDBUnavailable

# TMDB counts up, and is far from there: what is above is nobody's film, and gets no row while TMDB cannot be asked.
NEWEST_ID = 5_000_000
# So many that are not held yet are fetched within one call; the rest are added by their ids, and filled later.
MOST_FETCHED = 20


class NoSuchFilm(Exception):
    """Neither here nor at TMDB is there a film of this id."""


def held(movie_id: int, *, may_fetch: bool = True) -> Movie:
    """The film, fetched from TMDB when it is not held; the one it was merged into, where it was.

    While TMDB is away, or may not be asked, a row that has nothing but the id: the worker fills it, as it looks after
    what members hold before all else. Raises `NoSuchFilm`.
    """
    movie = Movie.objects.filter(pk=movie_id).first() or _fetched(movie_id, may_fetch=may_fetch)
    return movie if movie.merged_into_id is None else Movie.objects.get(pk=movie.merged_into_id)


def held_all(movie_ids: Iterable[int]) -> dict[int, Movie | None]:
    """As `held` for each of the ids; None where there is no such film. Two queries for those that are here."""
    ids = list(dict.fromkeys(movie_ids))
    here = Movie.objects.only("pk", "merged_into").in_bulk(ids)
    merged = Movie.objects.only("pk").in_bulk({film.merged_into_id for film in here.values() if film.merged_into_id})
    found: dict[int, Movie | None] = {pk: merged.get(film.merged_into_id, film) for pk, film in here.items()}
    for number, movie_id in enumerate(one for one in ids if one not in here):
        try:
            found[movie_id] = held(movie_id, may_fetch=number < MOST_FETCHED)
        except NoSuchFilm:
            found[movie_id] = None
    return found


def current_ids(movie_ids: Iterable[int]) -> dict[int, int]:
    """Each id with that of the film it has become: what members hold of a film that was merged is there."""
    ids = list(movie_ids)
    merged = Movie.objects.filter(pk__in=ids, merged_into__isnull=False).values_list("pk", "merged_into")
    return dict(zip(ids, ids, strict=True)) | dict(merged)


def current_id(movie_id: int) -> int:
    """Raises `Movie.DoesNotExist` for a number that no database would take for an id."""
    if movie_id > BIGGEST_ID:
        raise Movie.DoesNotExist
    return current_ids([movie_id])[movie_id]


def _fetched(movie_id: int, *, may_fetch: bool) -> Movie:
    try:
        movie = fetch_movie(movie_id) if may_fetch else None
    except TMDBNotFound as fault:
        raise NoSuchFilm(f"{movie_id} is no film of TMDB's.") from fault
    except TMDBUnavailable:
        movie = None
    return movie or _by_id(movie_id)


def _by_id(movie_id: int) -> Movie:
    if not 0 < movie_id <= NEWEST_ID:
        raise NoSuchFilm(f"{movie_id} is no film of TMDB's.")
    return Movie.objects.get_or_create(pk=movie_id, defaults={"title": ""})[0]
