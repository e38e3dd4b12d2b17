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


def offered(by_region: dict[str, dict[str, list[int]]], *, page: str = "https://example.org/") -> dict[str, Any]:
    """TMDB's part of a film's offers, from `{"US": {"flatrate": [8]}}`."""

    def service(number: int) -> dict[str, Any]:
        return {"provider_id": number, "provider_name": f"Service {number}", "logo_path": None, "display_priority": 1}

    results = {
        region: {"link": page + region}
        | {kind: [service(number) for number in numbers] for kind, numbers in kinds.items()}
        for region, kinds in by_region.items()
    }
    return {"watch/providers": {"results": results}}
