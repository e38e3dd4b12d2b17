"""Bodies as a caller sees them, for the OpenAPI document."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

from catalog.images import BACKDROP_SIZES, POSTER_SIZES, PROFILE_SIZES, image_urls
from catalog.serializers.streaming import ATTRIBUTION

ACTION = {"id": 28, "name": "Action"}
REFERENCE = {
    "id": 603,
    "title": "The Matrix",
    "release_date": "1999-03-30",
    "poster": image_urls("/f89U3ADr1oiB1s9GkdPOEpXUk5H.jpg", POSTER_SIZES),
}
ROW = REFERENCE | {
    "original_title": "The Matrix",
    "original_language": "en",
    "runtime": 136,
    "genres": [ACTION],
    "backdrop": image_urls("/l4QHerTSbMI7qgvasqxP36pqjN6.jpg", BACKDROP_SIZES),
    "popularity": 104.3,
    "tmdb_rating": {"average": 7.9, "count": 8907},
    "community_rating": {"average": 8.6, "count": 41},
}
REEVES = {"id": 6384, "name": "Keanu Reeves", "profile": image_urls("/4D0PpNI0kmP58hgrwGC3wCjxhnm.jpg", PROFILE_SIZES)}
WACHOWSKI = {"id": 9340, "name": "Lana Wachowski", "profile": None}
CREDITS = {"cast": [REEVES | {"character": "Neo"}], "crew": [WACHOWSKI | {"job": "Director"}]}
NETFLIX = {"id": 8, "name": "Netflix", "logo": None}
STREAMING = {
    "region": "US",
    "known": True,
    "link": "https://www.themoviedb.org/movie/603-the-matrix/watch?locale=US",
    "attribution": ATTRIBUTION,
    "flatrate": [NETFLIX | {"first_seen_at": "2026-11-20T08:15:00Z"}],
    "free": [],
    "ads": [],
    "rent": [],
    "buy": [],
}
MOVIE = ROW | {
    "imdb_id": "tt0133093",
    "tagline": "",
    "overview": "A 1999 action film directed by Lilly Wachowski and Lana Wachowski, with Keanu Reeves.",
    "status": "Released",
    "homepage": "",
    "countries": ["AU", "US"],
    "spoken_languages": ["en"],
    "budget": 63_000_000,
    "revenue": 463_517_383,
    "certification": "R",
    "collection": None,
    "keywords": ["artificial intelligence", "man vs machine"],
    **CREDITS,
    "trailers": [],
    "streaming": STREAMING,
    "synced_at": "2026-11-20T08:15:00Z",
    "gone_at": None,
    "merged_into": None,
}
THEATRICAL = {"kind": "theatrical", "release_date": "1999-03-31", "certification": "R", "note": ""}
RELEASES = {"id": 603, "countries": [{"region": "US", "certification": "R", "releases": [THEATRICAL]}]}
PERSON_ROW = REEVES | {"known_for": "Acting", "popularity": 21.3}
PERSON = PERSON_ROW | {"filmography": [REFERENCE | {"kind": "cast", "character": "Neo", "job": ""}]}
COLLECTION_ROW = {"id": 10, "name": "Star Wars Collection", "poster": None, "backdrop": None}
FRANCE = {"code": "FR", "name": "France", "native_name": "France"}


def example(value: dict[str, Any], name: str) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=["200"])
