"""What TMDB tells of itself: genres, image sizes, countries, languages, watch providers and regions."""

from typing import Any

from catalog.tmdb.standin.bodies import Library

Json = dict[str, Any]
Query = dict[str, str]

IMAGES = {
    "base_url": "http://image.tmdb.org/t/p/",
    "secure_base_url": "https://image.tmdb.org/t/p/",
    "backdrop_sizes": ["w300", "w780", "w1280", "original"],
    "logo_sizes": ["w45", "w92", "w154", "w185", "w300", "w500", "original"],
    "poster_sizes": ["w92", "w154", "w185", "w342", "w500", "w780", "original"],
    "profile_sizes": ["w45", "w185", "h632", "original"],
    "still_sizes": ["w92", "w185", "w300", "original"],
}
CHANGE_KEYS = ["cast", "crew", "genres", "images", "overview", "release_dates", "runtime", "title", "videos"]
OFFER_KINDS = ("flatrate", "free", "ads", "rent", "buy")


def genres(library: Library) -> Json:
    return {"genres": list(library.genres.values())}


def configuration() -> Json:
    return {"images": IMAGES, "change_keys": CHANGE_KEYS}


def countries(library: Library) -> list[Json]:
    return list(library.catalogue.reference["countries"])


def languages(library: Library) -> list[Json]:
    return list(library.catalogue.reference["languages"])


def watch_regions(library: Library) -> Json:
    regions = set(library.catalogue.reference["regions"])
    return {"results": [row for row in countries(library) if row["iso_3166_1"] in regions]}


def watch_providers(library: Library, query: Query) -> Json:
    """All providers, or those of `watch_region` in the order they have there."""
    region = query.get("watch_region")
    rows = list(library.providers.values())
    if region:
        there = [row for row in rows if region in row["display_priorities"]]
        rows = sorted(there, key=lambda row: (row["display_priorities"][region], row["provider_id"]))
    return {"results": rows}


def offers(library: Library, film_id: int, by_region: dict[str, dict[str, list[Any]]]) -> Json:
    """TMDB's body of a film's offers from `{"US": {"flatrate": [8], "rent": [2]}}`; a provider may also be its row."""
    return {
        "results": {
            region: {"link": f"https://www.themoviedb.org/movie/{film_id}/watch?locale={region}"}
            | {
                kind: [_offer(library, row, region) for row in rows]
                for kind, rows in kinds.items()
                if kind in OFFER_KINDS
            }
            for region, kinds in by_region.items()
        }
    }


def _offer(library: Library, provider: int | Json, region: str) -> Json:
    if not isinstance(provider, int):
        return provider
    row = library.providers[provider]
    return {
        "logo_path": row["logo_path"],
        "provider_id": provider,
        "provider_name": row["provider_name"],
        "display_priority": row["display_priorities"].get(region, row["display_priority"]),
    }
