"""Film bodies of TMDB's shape, made from the starter's facts; and the facts of a body that a test put in."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from catalog.starter.catalogue import Catalogue, Film, read_catalogue
from catalog.tmdb.standin.sentence import SILENT, overview_sentence

Json = dict[str, Any]

UNKNOWN: Json = {
    "adult": False,
    "backdrop_path": None,
    "belongs_to_collection": None,
    "budget": 0,
    "genres": [],
    "homepage": "",
    "id": 0,
    "imdb_id": None,
    "origin_country": [],
    "original_language": "en",
    "original_title": "",
    "overview": "",
    "popularity": 0.0,
    "poster_path": None,
    "production_companies": [],
    "production_countries": [],
    "release_date": "",
    "revenue": 0,
    "runtime": 0,
    "spoken_languages": [],
    "status": "Released",
    "tagline": "",
    "title": "",
    "video": False,
    "vote_average": 0.0,
    "vote_count": 0,
}
ACTING, DIRECTING = "Acting", "Directing"
EXTERNAL_SITES = ("wikidata_id", "facebook_id", "instagram_id", "twitter_id")


def nothing_known() -> Json:
    """The details of a film of which nothing is known, with every key TMDB sends."""
    return {key: [] if value == [] else value for key, value in UNKNOWN.items()}


def empty_parts() -> Json:
    """Each part that can be appended to a film and is kept with it, empty."""
    return {
        "alternative_titles": {"titles": []},
        "credits": {"cast": [], "crew": []},
        "external_ids": {"imdb_id": None} | dict.fromkeys(EXTERNAL_SITES),
        "images": {"backdrops": [], "logos": [], "posters": []},
        "keywords": {"keywords": []},
        "release_dates": {"results": []},
        "translations": {"translations": []},
        "videos": {"results": []},
        "watch/providers": {"results": {}},
    }


PARTS = frozenset(empty_parts())
SAME_IN_BOTH = (
    *("id", "imdb_id", "title", "original_title", "original_language", "release_date", "runtime", "status"),
    *("budget", "revenue", "popularity", "vote_average", "vote_count", "poster_path", "backdrop_path"),
)


def facts_of(body: Json) -> Film:
    """A body's facts, as the starter has them; what is absent or null counts as unknown."""
    known = nothing_known() | {key: value for key, value in body.items() if value is not None}
    return {key: known[key] for key in SAME_IN_BOTH} | {
        "overview": known["overview"],
        "adult": known["adult"],
        "video": known["video"],
        "genre_ids": [genre["id"] for genre in known["genres"]],
        "languages": [language["iso_639_1"] for language in known["spoken_languages"]],
        "countries": [country["iso_3166_1"] for country in known["production_countries"]],
        "collection": (known["belongs_to_collection"] or {}).get("id"),
        "keywords": [word["id"] for word in rows_of(known, "keywords", "keywords")],
        "cast": [(row["id"], row.get("character", "")) for row in rows_of(known, "credits", "cast")],
        "crew": [
            (row["id"], row.get("department", ""), row.get("job", "")) for row in rows_of(known, "credits", "crew")
        ],
    }


def rows_of(body: Json, part: str, key: str) -> list[Json]:
    """The rows of a part; none where a test has put something else in its place."""
    held = body.get(part)
    return list(held.get(key) or []) if isinstance(held, dict) else []


def credit_id(*parts: object) -> str:
    """24 hexadecimal digits as TMDB's, always the same for the same credit."""
    return hashlib.blake2b("/".join(map(str, parts)).encode(), digest_size=12).hexdigest()


def picture(path: str, language: str | None, *, size: tuple[int, int] = (2000, 3000), votes: int = 0) -> Json:
    """TMDB's row of an image; with votes, its average is one that few votes give."""
    width, height = size
    return {
        "aspect_ratio": round(width / height, 3),
        "height": height,
        "iso_639_1": language,
        "file_path": path,
        "vote_average": 5.312 if votes else 0.0,
        "vote_count": votes,
        "width": width,
    }


def images(film: Film) -> Json:
    """The pictures that the starter knows: the film's own poster, in English, and its backdrop, without words."""
    backdrop, poster = film["backdrop_path"], film["poster_path"]
    return {
        "backdrops": [picture(backdrop, None, size=(3840, 2160), votes=1)] if backdrop else [],
        "logos": [],
        "posters": [picture(poster, "en", votes=1)] if poster else [],
    }


def department(credits: Counter[str]) -> str:
    """What someone is known for, of their number of credits in each department: one thing in every film, as at TMDB."""
    others = credits.total() - credits[ACTING]
    if credits[ACTING] >= others:
        return ACTING
    return DIRECTING if credits[DIRECTING] else min(name for name in credits if name != ACTING)


def _departments(films: Iterable[Film]) -> dict[int, str]:
    credits: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for film in films:
        for person, _ in film["cast"]:
            credits[person][ACTING] += 1
        for person, told, _ in film["crew"]:
            credits[person][told] += 1
    return {person: department(counted) for person, counted in credits.items()}


class Library:
    """The starter's reference tables, and the bodies written with them."""

    def __init__(self, catalogue: Catalogue) -> None:
        reference = catalogue.reference
        self.catalogue = catalogue
        self.people = catalogue.people
        self.genres = {row["id"]: row for row in reference["genres"]}
        self.countries = {row["iso_3166_1"]: row["english_name"] for row in reference["countries"]}
        self.languages = {row["iso_639_1"]: row for row in reference["languages"]}
        self.providers = {row["provider_id"]: row for row in reference["providers"]}
        self.keywords = dict(reference["keywords"])
        self.collections = {row["id"]: row for row in reference["collections"]}
        self.known_for = _departments(catalogue.films.values())

    def whole(self, film: Film) -> Json:
        """The details with every part that is kept with a film."""
        return self.details(film) | {name: self.part(film, name) for name in sorted(PARTS)}

    def details(self, film: Film) -> Json:
        return (
            nothing_known()
            | {key: film[key] for key in SAME_IN_BOTH}
            | {
                "overview": self.overview(film),
                "belongs_to_collection": self.collections.get(film["collection"]),
                "genres": [self.genres[number] for number in film["genre_ids"]],
                "origin_country": film["countries"],
                "production_countries": [
                    {"iso_3166_1": code, "name": self.countries.get(code, code)} for code in film["countries"]
                ],
                "spoken_languages": [
                    self.languages.get(code, {"english_name": code, "iso_639_1": code, "name": ""})
                    for code in film["languages"]
                ],
            }
        )

    def part(self, film: Film, name: str) -> Json | None:
        if name == "credits":
            return {"cast": list(self._cast(film)), "crew": list(self._crew(film))}
        if name == "keywords":
            return {"keywords": [{"id": number, "name": self.keywords[number]} for number in film["keywords"]]}
        if name == "external_ids":
            return {"imdb_id": film["imdb_id"]} | dict.fromkeys(EXTERNAL_SITES)
        if name == "translations":
            return {"translations": [self._english(film)]}
        if name == "images":
            return images(film)
        return empty_parts().get(name)

    def overview(self, film: Film) -> str:
        genres = [self.genres[number]["name"] for number in film["genre_ids"]]
        code = film["original_language"]
        language = None if code in SILENT else self.languages.get(code, {}).get("english_name")
        return overview_sentence(
            year=film["release_date"][:4],
            genre=genres[0] if genres else "",
            language=language,
            directors=[self.people[person]["name"] for person, _, job in film["crew"] if job == "Director"],
            stars=[self.people[person]["name"] for person, _ in film["cast"]],
        )

    def _cast(self, film: Film) -> Iterable[Json]:
        for order, (person, character) in enumerate(film["cast"]):
            yield self._named(person) | {
                "cast_id": order + 1,
                "character": character,
                "credit_id": credit_id(film["id"], person, "cast", order),
                "order": order,
            }

    def _crew(self, film: Film) -> Iterable[Json]:
        for person, department, job in film["crew"]:
            number = credit_id(film["id"], person, job)
            yield self._named(person) | {"credit_id": number, "department": department, "job": job}

    def _named(self, person: int) -> Json:
        row = self.people[person]
        return {
            "adult": False,
            "gender": row["gender"],
            "id": person,
            "known_for_department": self.known_for[person],
            "name": row["name"],
            "original_name": row["name"],
            "popularity": 0.0,
            "profile_path": row["profile_path"],
        }

    def _english(self, film: Film) -> Json:
        title = film["title"] if film["title"] != film["original_title"] else ""
        told = {"overview": self.overview(film), "runtime": film["runtime"], "tagline": "", "title": title}
        english = {"iso_3166_1": "US", "iso_639_1": "en", "name": "English", "english_name": "English"}
        return english | {"data": {"homepage": ""} | told}


@lru_cache(maxsize=1)
def starter_library() -> Library:
    """Read once for all stand-ins of a process; nobody writes to it."""
    return Library(read_catalogue())
