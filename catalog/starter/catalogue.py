"""Reads the starter catalogue: some two thousand well-known films as facts (see README.md beside it)."""

import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypedDict

import orjson

DATA_FILE = Path(__file__).with_name("catalogue.jsonl.xz")


class Film(TypedDict):
    """Facts of one film; dates as `YYYY-MM-DD`, money in dollars and minutes as TMDB has them (0 is unknown)."""

    id: int
    imdb_id: str | None
    title: str
    original_title: str
    original_language: str
    release_date: str
    runtime: int
    status: str
    budget: int
    revenue: int
    popularity: float
    vote_average: float
    vote_count: int
    poster_path: str | None
    backdrop_path: str | None
    genre_ids: list[int]
    languages: list[str]
    countries: list[str]
    collection: int | None
    keywords: list[int]
    cast: list[tuple[int, str]]  # person, character; in billing order
    crew: list[tuple[int, str, str]]  # person, department, job


class Person(TypedDict):
    id: int
    name: str
    gender: int
    profile_path: str | None


class Reference(TypedDict):
    """What TMDB's configuration endpoints list; `as_of` is the day the newest facts were taken."""

    as_of: str
    genres: list[dict[str, Any]]
    countries: list[dict[str, str]]
    languages: list[dict[str, str]]
    regions: list[str]
    providers: list[dict[str, Any]]
    keywords: list[tuple[int, str]]
    collections: list[dict[str, Any]]


@dataclass
class Catalogue:
    reference: Reference
    people: dict[int, Person] = field(default_factory=dict)
    films: dict[int, Film] = field(default_factory=dict)


def read_catalogue(path: Path = DATA_FILE) -> Catalogue:
    """The whole catalogue in memory: about 20 MB, in well under a second."""
    lines = stream_catalogue(path)
    _, reference = next(lines)
    catalogue = Catalogue(reference)
    for kind, record in lines:
        shelf = catalogue.films if kind == "film" else catalogue.people
        shelf[record["id"]] = record
    return catalogue


def stream_catalogue(path: Path = DATA_FILE) -> Iterator[tuple[str, Any]]:
    """Each record with its kind: the `reference`, then each `person`, then each `film`."""
    with lzma.open(path, "rb") as lines:
        for line in lines:
            yield from orjson.loads(line).items()
