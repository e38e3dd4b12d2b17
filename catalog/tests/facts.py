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
    from catalog.models import Movie
    from catalog.sync.parts import held_parts

    movie = Movie.objects.select_related("collection").get(pk=movie_id)
    parts = {kind.__name__: rows for kind, rows in held_parts(movie_id).items()}
    people = movie.credits.order_by("person_id").values_list(*(f"person__{name}" for name in PEOPLE_FIELDS)).distinct()
    columns = {name: getattr(movie, name) for name in column_names()}
    return plain({"columns": columns, "parts": parts, "people": people, "digest": movie.digest, "gone": movie.gone_at})


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


def held_of(movie_ids: Collection[int]) -> dict[str, Any]:
    from catalog.models import Movie

    wanted = movie_ids or Movie.objects.order_by("pk").values_list("pk", flat=True)
    return {str(key): held(key) for key in wanted}


if __name__ == "__main__":
    import gc
    import sys

    import django

    django.setup()
    gc.freeze()  # as `manage.py` does, or the end of the process would look through all that was imported
    sys.stdout.write(orjson.dumps(held_of(list(map(int, sys.argv[1:])))).decode())
