"""Rows that belong to one film (credits, titles, videos …): of those held, only what differs is touched."""

from collections.abc import Iterable, Sequence

from django.db import models

from catalog.inserting import insert
from catalog.models import Credit, Movie, MovieTitle, Poster, ReleaseDate, Video
from catalog.sync.parsing.rows import (
    CreditRow,
    GenreLink,
    KeywordLink,
    MovieFacts,
    PartRow,
    PosterRow,
    ReleaseRow,
    TitleRow,
    VideoRow,
)

TABLES: dict[type[PartRow], type[models.Model]] = {
    GenreLink: Movie.genres.through,
    KeywordLink: Movie.keywords.through,
    CreditRow: Credit,
    TitleRow: MovieTitle,
    VideoRow: Video,
    ReleaseRow: ReleaseDate,
    PosterRow: Poster,
}
CHUNK = 5_000


def store_parts(films: Sequence[MovieFacts]) -> None:
    """Makes the parts of these films, but for their offers, what the facts say; their rows are there, and locked."""
    movie_ids = [film.tmdb_id for film in films]
    for kind, table in TABLES.items():
        wanted = {(film.tmdb_id, *row) for film in films for row in film.parts[kind]}
        held = {row[1:]: row[0] for row in _rows(table, kind, movie_ids)}
        _delete(table, [key for row, key in held.items() if row not in wanted])
        insert(table, ("movie_id", *kind._fields), sorted(wanted - held.keys()))


def _rows(table: type[models.Model], kind: type[PartRow], movie_ids: list[int]) -> Iterable[tuple]:
    return table.objects.filter(movie_id__in=movie_ids).values_list("pk", "movie_id", *kind._fields)


def _delete(table: type[models.Model], keys: list[int]) -> None:
    for start in range(0, len(keys), CHUNK):
        table.objects.filter(pk__in=keys[start : start + CHUNK]).delete()
