"""Rows that belong to one film (credits, videos, offers …): of those held, only what differs is touched."""

from collections.abc import Iterable, Sequence

from django.db import connection, models

from catalog.models import Credit, Movie, MovieTitle, Offer, ReleaseDate, Video
from catalog.sync.parsing.rows import (
    CreditRow,
    GenreLink,
    KeywordLink,
    MovieFacts,
    OfferRow,
    PartRow,
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
    OfferRow: Offer,
}
CHUNK = 5_000


def store_parts(films: Sequence[MovieFacts]) -> None:
    """Makes the held parts of these films what the facts say; the films' rows are there, and locked."""
    movie_ids = [film.tmdb_id for film in films]
    for kind, table in TABLES.items():
        wanted = {(film.tmdb_id, *row) for film in films for row in film.parts[kind]}
        held = {row[1:]: row[0] for row in _rows(table, kind, movie_ids)}
        _delete(table, [key for row, key in held.items() if row not in wanted])
        _insert(table, ("movie_id", *kind._fields), sorted(wanted - held.keys()))


def held_parts(movie_id: int) -> dict[type[PartRow], list[PartRow]]:
    """The film's parts as they are held, sorted."""
    return {
        kind: sorted(kind._make(row[2:]) for row in _rows(table, kind, [movie_id])) for kind, table in TABLES.items()
    }


def _rows(table: type[models.Model], kind: type[PartRow], movie_ids: list[int]) -> Iterable[tuple]:
    return table.objects.filter(movie_id__in=movie_ids).values_list("pk", "movie_id", *kind._fields)


def _insert(table: type[models.Model], fields: Sequence[str], rows: list[tuple]) -> None:
    """New rows: on PostgreSQL by COPY, for a well-known film has a thousand, and most of a run's time would go here."""
    if connection.vendor != "postgresql":
        table.objects.bulk_create([table(**dict(zip(fields, row, strict=True))) for row in rows])
    elif rows:
        name = connection.ops.quote_name
        columns = ", ".join(name(table._meta.get_field(field).column) for field in fields)
        statement = f"COPY {name(table._meta.db_table)} ({columns}) FROM STDIN"
        with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)


def _delete(table: type[models.Model], keys: list[int]) -> None:
    for start in range(0, len(keys), CHUNK):
        table.objects.filter(pk__in=keys[start : start + CHUNK]).delete()
