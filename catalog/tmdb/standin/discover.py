"""`/discover/movie`: the filters and orders that clients use most."""

from collections.abc import Callable
from typing import Any

from catalog.starter.catalogue import Film
from catalog.tmdb.standin.listings import film_page
from catalog.tmdb.standin.replies import RefusedError
from catalog.tmdb.standin.shelf import FilmShelf

Json = dict[str, Any]
Query = dict[str, str]

ORDERS: dict[str, str] = {
    "popularity": "popularity",
    "vote_average": "vote_average",
    "vote_count": "vote_count",
    "primary_release_date": "release_date",
    "release_date": "release_date",
    "revenue": "revenue",
    "title": "title",
    "original_title": "original_title",
}
BOUNDED = ("primary_release_date", "release_date", "vote_average", "vote_count", "with_runtime")
VALUES: dict[str, Callable[[Film], Any]] = {
    "primary_release_date": lambda film: film["release_date"],
    "release_date": lambda film: film["release_date"],
    "vote_average": lambda film: film["vote_average"],
    "vote_count": lambda film: film["vote_count"],
    "with_runtime": lambda film: film["runtime"],
}
SETS: dict[str, Callable[[Film], set[str]]] = {
    "genres": lambda film: set(map(str, film["genre_ids"])),
    "keywords": lambda film: set(map(str, film["keywords"])),
    "people": lambda film: {str(credit[0]) for credit in [*film["cast"], *film["crew"]]},
    "cast": lambda film: {str(credit[0]) for credit in film["cast"]},
    "crew": lambda film: {str(credit[0]) for credit in film["crew"]},
    "original_language": lambda film: {film["original_language"]},
    "origin_country": lambda film: set(film["countries"]),
}


def discover(shelf: FilmShelf, query: Query) -> Json:
    """The films that pass every filter; a comma in a value is "and", a bar is "or"."""
    films = [film for film in shelf.facts() if _passes(film, query) and _is_offered(shelf, film, query)]
    order, _, direction = query.get("sort_by", "popularity.desc").partition(".")
    if order not in ORDERS or direction not in {"asc", "desc"}:
        raise RefusedError(5)
    films.sort(key=lambda film: (film[ORDERS[order]], -film["id"]), reverse=direction == "desc")
    return film_page(shelf, films, query)


def _passes(film: Film, query: Query) -> bool:
    year = query.get("primary_release_year") or query.get("year") or ""
    return (
        film["release_date"].startswith(year)
        and all(_within(VALUES[name](film), query, name) for name in BOUNDED)
        and all(_has(values(film), query.get(f"with_{name}")) for name, values in SETS.items())
        and not _has(SETS["genres"](film), query.get("without_genres") or "-")
    )


def _within(value: str | float, query: Query, name: str) -> bool:
    def bound(text: str) -> str | float:
        try:
            return text if isinstance(value, str) else float(text)
        except ValueError:
            raise RefusedError(5) from None

    least, most = query.get(f"{name}.gte"), query.get(f"{name}.lte")
    return not (least and value < bound(least)) and not (most and value > bound(most))


def _has(values: set[str], asked: str | None) -> bool:
    if not asked:
        return True
    if "|" in asked:
        return not values.isdisjoint(asked.split("|"))
    return values.issuperset(asked.split(","))


def _is_offered(shelf: FilmShelf, film: Film, query: Query) -> bool:
    asked, region = query.get("with_watch_providers"), query.get("watch_region", "")
    if not asked:
        return True
    offers = shelf.part(film["id"], "watch/providers")["results"].get(region, {})
    kinds = [rows for rows in offers.values() if isinstance(rows, list)]
    return _has({str(row["provider_id"]) for rows in kinds for row in rows}, asked)
