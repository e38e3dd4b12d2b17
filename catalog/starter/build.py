"""Makes catalogue.jsonl.xz from the data folder: `python -m catalog.starter.build SHARED_DATA_DIR`."""

import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from catalog.starter.catalogue import DATA_FILE
from catalog.starter.selection import choose, facts_as_of
from catalog.starter.sources import Found, clean, most_told, read_credited, read_details, read_recorded

Json = dict[str, Any]

NOTHING_KNOWN = {
    "imdb_id": None,
    "poster_path": None,
    "backdrop_path": None,
    "collection": None,
    "keywords": [],
    "cast": [],
    "crew": [],
}


def build(data: Path, target: Path) -> int:
    """Writes the catalogue, and gives the number of its films. The same data gives the same bytes."""
    found = read_recorded(data / "tmdb/responses")
    everything = merged(data / "tmdb/catalogue", found)
    films = choose(everything)
    reference = read_reference(data / "tmdb/responses/reference") | shared_names(films)
    genres = {genre["id"] for genre in reference["genres"]}
    reference["as_of"] = facts_as_of(everything)
    lines = [{"reference": reference}]
    lines += [{"person": person} for person in people_of(films, found)]
    lines += [{"film": by_number(film, genres)} for film in films]
    text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    target.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    return len(films)


def merged(folder: Path, found: Found) -> list[Json]:
    """One record for each film of both files; where both know it, the newer (with the images) has the last word."""
    films = {film["id"]: NOTHING_KNOWN | film for film in read_credited(folder)}
    for film in read_details(folder):
        films[film["id"]] = NOTHING_KNOWN | films.get(film["id"], {}) | film
    for film_id, film in films.items():
        film["poster_path"] = film["poster_path"] or most_told(found.posters[film_id])
        film["backdrop_path"] = film["backdrop_path"] or most_told(found.backdrops[film_id])
        film["imdb_id"] = film["imdb_id"] or most_told(found.imdb_ids[film_id])
    return list(films.values())


def people_of(films: Iterable[Json], found: Found) -> list[Json]:
    """Everyone credited, once, by id; the spelling and gender that most films give."""
    told: dict[int, tuple[Counter[str], Counter[int]]] = {}
    for film in films:
        for credit in film["cast"] + film["crew"]:
            names, genders = told.setdefault(credit["id"], (Counter(), Counter()))
            names[credit["name"]] += 1
            genders[credit["gender"]] += 1
    return [
        {
            "id": number,
            "name": most_told(names),
            "gender": max(genders),
            "profile_path": most_told(found.profiles[number]),
        }
        for number, (names, genders) in sorted(told.items())
    ]


def shared_names(films: Iterable[Json]) -> Json:
    """What many films refer to by number: keywords and collections."""
    keywords = {number: name for film in films for number, name in film["keywords"]}
    collections = {film["collection"]["id"]: film["collection"] for film in films if film["collection"]}
    return {
        "keywords": [[number, name] for number, name in sorted(keywords.items())],
        "collections": [
            {"id": number, "name": clean(body["name"])} | {key: body[key] for key in ("poster_path", "backdrop_path")}
            for number, body in sorted(collections.items())
        ],
    }


def by_number(film: Json, genres: set[int]) -> Json:
    """The film with people, keywords and collection as their ids, and without the genres that TMDB gave up."""
    return film | {
        "genre_ids": [number for number in film["genre_ids"] if number in genres],
        "collection": film["collection"] and film["collection"]["id"],
        "keywords": [number for number, _ in film["keywords"]],
        "cast": [[credit["id"], credit["character"]] for credit in film["cast"]],
        "crew": [[credit["id"], credit["department"], credit["job"]] for credit in film["crew"]],
    }


def read_reference(folder: Path) -> Json:
    """Genres, countries, languages, watch regions and providers, by their codes."""

    def rows(name: str, key: str | None = None) -> list[Json]:
        body = json.loads((folder / name).read_text(encoding="utf-8"))
        return body[key] if key else body

    return {
        "genres": rows("GET_genre_movie_list__language=en__18Months.json", "genres"),
        "countries": sorted(rows("GET_configuration_countries__c-eg.json"), key=lambda row: row["iso_3166_1"]),
        "languages": sorted(rows("GET_configuration_languages__c-eg.json"), key=lambda row: row["iso_639_1"]),
        "regions": [row["iso_3166_1"] for row in rows("GET_watch_providers_available_regions__c-eg.json", "results")],
        "providers": rows("GET_watch_providers_movie_providers__c-eg.json", "results"),
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m catalog.starter.build SHARED_DATA_DIR")
    count = build(Path(sys.argv[1]), DATA_FILE)
    sys.stdout.write(f"{count} films, {DATA_FILE.stat().st_size:,} bytes in {DATA_FILE.name}\n")
