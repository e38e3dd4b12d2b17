"""Rows that films share (people, genres …): written only when new or changed, always in the order of their keys.

The order keeps two runs from waiting for each other in a circle.
"""

from collections.abc import Iterable

from django.db import models

from catalog import inserting
from catalog.models import Collection, Genre, Keyword, Person, Provider
from catalog.search import index
from catalog.sync.parsing.rows import (
    CollectionRow,
    GenreRow,
    KeywordRow,
    MovieFacts,
    PersonRow,
    ProviderRow,
    SharedRow,
)

# In the order in which they are locked.
TABLES: dict[type[SharedRow], type[models.Model]] = {
    GenreRow: Genre,
    KeywordRow: Keyword,
    PersonRow: Person,
    CollectionRow: Collection,
    ProviderRow: Provider,
}


def store_shared(films: Iterable[MovieFacts]) -> None:
    """Writes what these films share. A service's rank over all regions is the reference's to say, not a film's."""
    films = list(films)
    for kind in TABLES:
        rows = {row.tmdb_id: row for film in films for row in film.shared[kind]}
        upsert(kind, rows.values(), only_new=kind is ProviderRow)


def upsert(kind: type[SharedRow], rows: Iterable[SharedRow], *, only_new: bool = False) -> int:
    """Inserts what is new and, unless `only_new`, updates what differs; gives the number of rows written."""
    table, wanted = TABLES[kind], {row.tmdb_id: row for row in rows}
    held = _held(table, kind, sorted(wanted))
    written = [wanted[key] for key in sorted(wanted) if (key not in held if only_new else held.get(key) != wanted[key])]
    if not written:
        return 0
    inserting.insert_new(table, kind._fields, [row for row in written if row.tmdb_id not in held])
    inserting.upsert([table(**row._asdict()) for row in written if row.tmdb_id in held], kind._fields[1:])
    if table is Person:
        index.put_people([row.tmdb_id for row in written])
    return len(written)


def _held(table: type[models.Model], kind: type[SharedRow], keys: list[int]) -> dict[int, SharedRow]:
    rows = table.objects.filter(pk__in_array=keys).values_list(*kind._fields)
    return {row[0]: kind._make(row) for row in rows}
