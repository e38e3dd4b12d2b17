"""Reads the data folder's files into one record for each film: facts alone, no sentence of anyone's."""

import csv
import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CAST_KEPT = 30
IMAGE_PATH = re.compile(r"/\w+\.(jpg|png)")
IMDB_ID = re.compile(r"tt\d{7,}")
PLAIN_FIELDS = ("original_language", "release_date", "status", "vote_count", "vote_average", "popularity")
RECORDED_BY_THE_SERVICE = ("vcr", "recorded via")

Json = dict[str, Any]


@dataclass
class Found:
    """What the recorded bodies tell beside the catalogue files, by TMDB id."""

    posters: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    backdrops: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    profiles: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    imdb_ids: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def clean(text: str | None) -> str:
    """The text with each run of white space as one space, and none at its ends."""
    return " ".join((text or "").split())


def most_told(told: Counter[str]) -> str | None:
    """The value most bodies agree on; on a tie the first by alphabet, so that a rebuild gives the same."""
    return min(told, key=lambda value: (-told[value], value), default=None)


def read_details(folder: Path) -> Iterator[Json]:
    """Facts of the `/movie/{id}` bodies: with images, collection and IMDb id, without people."""
    (path,) = folder.glob("movie_details_*.jsonl.xz")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            body = json.loads(line)
            if not body["adult"] and not body["video"]:
                yield _facts(body) | {
                    "imdb_id": body["imdb_id"] or None,
                    "poster_path": body["poster_path"],
                    "backdrop_path": body["backdrop_path"],
                    "collection": body["belongs_to_collection"],
                }


def read_credited(folder: Path) -> Iterator[Json]:
    """Facts of the 4,803 films with people and keywords, without images."""
    people = {int(row["movie_id"]): row for row in _rows(folder / "tmdb_5000_credits.csv.xz")}
    for row in _rows(folder / "tmdb_5000_movies.csv.xz"):
        lists = ("genres", "keywords", "spoken_languages", "production_countries")
        numbers = {name: float(row[name] or 0) for name in ("vote_average", "popularity")}
        whole = {name: int(float(row[name] or 0)) for name in ("id", "runtime", "budget", "revenue", "vote_count")}
        body = row | numbers | whole | {name: json.loads(row[name]) for name in lists}
        credits = people[body["id"]]
        yield _facts(body) | {
            "keywords": [[word["id"], clean(word["name"])] for word in body["keywords"]],
            "cast": _cast(json.loads(credits["cast"])),
            "crew": _crew(json.loads(credits["crew"])),
        }


def read_recorded(folder: Path) -> Found:
    """Image paths and IMDb ids from the recorded responses."""
    found = Found()
    for line in (folder / "MANIFEST.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["status"] == 200 and entry["file"].endswith(".json"):
            is_genuine = str(entry["kind"]).startswith(RECORDED_BY_THE_SERVICE)
            _gather(json.loads((folder / entry["file"]).read_text(encoding="utf-8")), found, is_genuine=is_genuine)
    return found


def _gather(node: Any, found: Found, *, is_genuine: bool) -> None:
    if isinstance(node, list):
        for item in node:
            _gather(item, found, is_genuine=is_genuine)
    elif isinstance(node, dict):
        _note(node, found, is_genuine=is_genuine)
        for item in node.values():
            _gather(item, found, is_genuine=is_genuine)


def _note(body: Json, found: Found, *, is_genuine: bool) -> None:
    # Client libraries fill their copies of whole film bodies with made-up values; their list rows are real.
    if "title" in body and isinstance(body.get("id"), int) and (is_genuine or "imdb_id" not in body):
        _count(found.posters[body["id"]], body.get("poster_path"), IMAGE_PATH)
        _count(found.backdrops[body["id"]], body.get("backdrop_path"), IMAGE_PATH)
        _count(found.imdb_ids[body["id"]], body.get("imdb_id"), IMDB_ID)
    elif "profile_path" in body and isinstance(body.get("id"), int):
        _count(found.profiles[body["id"]], body["profile_path"], IMAGE_PATH)


def _count(told: Counter[str], value: Any, pattern: re.Pattern[str]) -> None:
    if isinstance(value, str) and pattern.fullmatch(value):
        told[value] += 1


def _rows(path: Path) -> Iterator[Json]:
    csv.field_size_limit(10**8)
    with lzma.open(path, "rt", encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)


def _facts(body: Json) -> Json:
    return {name: body[name] for name in PLAIN_FIELDS} | {
        "id": body["id"],
        "title": clean(body["title"]),
        "original_title": clean(body["original_title"]),
        "runtime": int(body["runtime"] or 0),
        "budget": body["budget"],
        "revenue": body["revenue"],
        "genre_ids": [genre["id"] for genre in body["genres"]],
        "languages": [language["iso_639_1"] for language in body["spoken_languages"]],
        "countries": [country["iso_3166_1"] for country in body["production_countries"]],
    }


def _cast(rows: list[Json]) -> list[Json]:
    named = [row for row in sorted(rows, key=lambda row: row["order"]) if clean(row["name"])]
    return [_person(row) | {"character": clean(row["character"])} for row in named[:CAST_KEPT]]


def _crew(rows: list[Json]) -> list[Json]:
    """Every director and writer, once for each job."""
    kept = {}
    for row in rows:
        if clean(row["name"]) and (row["job"] == "Director" or row["department"] == "Writing"):
            kept.setdefault(
                (row["id"], row["job"]), _person(row) | {"department": row["department"], "job": row["job"]}
            )
    return list(kept.values())


def _person(row: Json) -> Json:
    return {"id": row["id"], "name": clean(row["name"]), "gender": row["gender"]}
