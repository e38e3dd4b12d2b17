"""Real film bodies, where the folder that has them lies beside the project; they are not part of it."""

import csv
import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CATALOGUE = Path(__file__).resolve().parents[3] / "shared/data/tmdb/catalogue"
DETAILS = CATALOGUE / "movie_details_2000-2012_2019_2022.jsonl.xz"
MOVIES, CREDITS = CATALOGUE / "tmdb_5000_movies.csv.xz", CATALOGUE / "tmdb_5000_credits.csv.xz"
ARE_HERE = DETAILS.is_file() and MOVIES.is_file() and CREDITS.is_file()
LONGEST_CELL = 2**24
IN_JSON = ("genres", "production_companies", "production_countries", "spoken_languages")

Json = dict[str, Any]


def detailed() -> Iterator[Json]:
    """Bodies of `/movie/{id}` without any appended part."""
    with lzma.open(DETAILS, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def credited() -> Iterator[Json]:
    """Bodies with keywords, cast and crew, put together again from tables whose cells hold JSON; numbers are text."""
    people = {row["movie_id"]: row for row in _table(CREDITS)}
    for row in _table(MOVIES):
        body = row | {name: json.loads(row[name]) for name in IN_JSON}
        cast, crew = (json.loads(people[row["id"]][name]) for name in ("cast", "crew"))
        yield body | {"keywords": {"keywords": json.loads(row["keywords"])}, "credits": {"cast": cast, "crew": crew}}


def _table(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(LONGEST_CELL)
    with lzma.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
