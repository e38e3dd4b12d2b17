"""`python -m bench.crowding MEMBERS IN_ALL ENTRIES`: fills the empty PostgreSQL at `DATABASE_URL` with a crowd.

Prints, as JSON, the tokens and the session by which it is asked as its members.
"""

import itertools
import json
import sys

import django

django.setup()

from django.db import connection
from django.test import RequestFactory

from accounts import sessions
from accounts.models import User
from accounts.tokens import pair_for
from bench.crowd import Crowd
from bench.million import CHECKS, LINES, NO_CHECKS, copy, give_defaults, without_indexes
from bench.shelves import TABLES, Shelf
from bench.titles import titles

FILMS = 20_000
RATED = """
    UPDATE catalog_movie SET rating_total = found.total, rating_count = found.count
    FROM (SELECT movie_id, SUM(value) AS total, COUNT(*) AS count FROM reviews_rating GROUP BY movie_id) AS found
    WHERE tmdb_id = found.movie_id
"""
SCORED = """
    INSERT INTO reviews_score (movie_id, weighted, {names})
    SELECT movie_id, AVG(value), {counts} FROM reviews_rating GROUP BY movie_id
"""
VALUES = range(1, 11)


def main() -> None:
    members, in_all, entries = map(int, sys.argv[1:])
    with connection.cursor() as cursor:
        cursor.execute(NO_CHECKS)
        crowd = Crowd(members, in_all // 2, entries, fill_films(cursor))
        fill_members(cursor, crowd)
        names, counts = (", ".join(map(told, VALUES)) for told in ("n{}".format, COUNTED.format))
        cursor.execute(RATED)
        cursor.execute(SCORED.format(names=names, counts=counts))
        cursor.execute(CHECKS)
        cursor.execute("VACUUM ANALYZE")
    print(json.dumps({name: sign_in(pk) for name, pk in people(crowd).items()}))


COUNTED = "COUNT(*) FILTER (WHERE value = {})"


def people(crowd: Crowd) -> dict[str, int]:
    return {"heavy": crowd.heavy, "fan": crowd.fan, "active": 1, "other": crowd.members}


def fill_films(cursor) -> list[int]:
    films = sorted(titles(FILMS), key=lambda film: -film.popularity)
    shelf = Shelf()
    for model in TABLES:
        give_defaults(cursor, model)
    with without_indexes(cursor, [model._meta.db_table for model in TABLES]):
        for model, (columns, rows) in (*shelf.reference().items(), *shelf.detailed(films, 0).items()):
            copy(cursor, model, columns, rows)
    return [film.id for film in films]


def fill_members(cursor, crowd: Crowd) -> None:
    for model, columns, rows in crowd.tables():
        give_defaults(cursor, model)
        with without_indexes(cursor, [model._meta.db_table]):
            left = iter(rows)
            while batch := list(itertools.islice(left, LINES)):
                copy(cursor, model, columns, batch)


def sign_in(pk: int) -> str:
    session = sessions.begin(user=User.objects.get(pk=pk), request=RequestFactory().get("/"))
    return pair_for(session)["access"]


if __name__ == "__main__":
    main()
