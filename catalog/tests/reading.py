"""Bodies of films as TMDB gives them, read for the tests of parsing."""

from typing import Any

from catalog.sync.parsing import MovieFacts, read_movie


def person(number: int, name: str = "Someone", **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "name": name,
        "known_for_department": "Acting",
        "popularity": 1.5,
        "profile_path": None,
    } | more


def read(**body: Any) -> MovieFacts:
    return read_movie({"id": 7, "title": "Seven"} | body, 7)


def columns(**body: Any) -> dict[str, Any]:
    return read(**body).columns


def parts(kind: type, **body: Any) -> list[Any]:
    return read(**body).parts[kind]
