"""What is held of a film, and what TMDB's stand-in says of it, in one form that can be compared.

Run as a program, prints what is held of the films with the ids given, or of all: so another process's database can be
looked into.
"""

from collections.abc import Collection
from typing import Any

import orjson

# Those that a person has in every film alike.
PEOPLE_FIELDS = ("tmdb_id", "name", "profile_path")


def held(movie_id: int) -> dict[str, Any]:
    """The film with all its parts, as the database has it."""
    return held_of([movie_id])[movie_id]


def held_of(movie_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """The same of many, for as many queries."""
    from catalog.models import Movie

    parts, people = parts_of(movie_ids), people_of(movie_ids)
    movies = Movie.objects.select_related("collection").in_bulk(movie_ids)
    return {key: plain(facts_of(movies[key]) | {"parts": parts[key], "people": people[key]}) for key in movie_ids}


def facts_of(movie: Any) -> dict[str, Any]:
    columns = {name: getattr(movie, name) for name in column_names()}
    return {"columns": columns, "digest": movie.digest, "gone": movie.gone_at}


def parts_of(movie_ids: Collection[int]) -> dict[int, dict[str, list[tuple]]]:
    """The rows of each film, sorted; of its offers those that are current."""
    from catalog.models import Offer
    from catalog.sync.parsing.rows import OfferRow
    from catalog.sync.parts import TABLES

    tables = {kind: table.objects.all() for kind, table in TABLES.items()} | {OfferRow: Offer.objects.current()}
    found = {key: {kind.__name__: [] for kind in tables} for key in movie_ids}
    for kind, rows in tables.items():
        for key, *row in rows.filter(movie_id__in=movie_ids).values_list("movie_id", *kind._fields):
            found[key][kind.__name__].append(kind(*row))
    return {key: {name: sorted(rows) for name, rows in parts.items()} for key, parts in found.items()}


def people_of(movie_ids: Collection[int]) -> dict[int, list[list]]:
    from catalog.models import Credit

    found = {key: [] for key in movie_ids}
    credits = Credit.objects.filter(movie_id__in=movie_ids).order_by("movie_id", "person_id")
    for key, *person in credits.values_list("movie_id", *(f"person__{name}" for name in PEOPLE_FIELDS)).distinct():
        found[key].append(person)
    return found


def told(body: dict[str, Any]) -> dict[str, Any]:
    """The same of what a body says."""
    from catalog.sync.parsing import read_movie
    from catalog.sync.parsing.rows import PersonRow

    facts = read_movie(body, body["id"])
    # Of what nothing is said of, nothing is held, unless something was before.
    parts = {"OfferRow": []} | {kind.__name__: sorted(rows) for kind, rows in facts.parts.items()}
    people = [[getattr(person, name) for name in PEOPLE_FIELDS] for person in facts.shared[PersonRow]]
    return plain({"columns": facts.columns, "parts": parts, "people": people, "digest": facts.digest, "gone": None})


def column_names() -> list[str]:
    from catalog.sync.parsing.movie import read_columns

    return list(read_columns({"title": "Any"}, [], None))


def plain(value: Any) -> Any:
    """As JSON has it."""
    return orjson.loads(orjson.dumps(value, default=list, option=orjson.OPT_SORT_KEYS))


def asked_for(movie_ids: list[int]) -> dict[str, Any]:
    from catalog.models import Movie

    wanted = movie_ids or list(Movie.objects.order_by("pk").values_list("pk", flat=True))
    return {str(key): facts for key, facts in held_of(wanted).items()}


if __name__ == "__main__":
    import gc
    import sys

    import django

    django.setup()
    gc.freeze()  # as `manage.py` does, or the end of the process would look through all that was imported
    sys.stdout.write(orjson.dumps(asked_for(list(map(int, sys.argv[1:])))).decode())
