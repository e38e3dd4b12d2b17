"""The children of bench.search, in the environment of one database: what each does is told in JSON.

`fill N` makes N titles, `build` their index, `times` and `client SEED` measure, `found` counts what is found.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator

import django

django.setup()

from django.db import connection
from django.test import RequestFactory

from bench import million
from bench.queries import POPULAR, Query, keystrokes, mixed, queries
from bench.titles import Title, titles
from catalog.api.search import MovieSearchViewSet
from catalog.models import Movie, MovieSearch
from catalog.search import index
from catalog.search.words import normalise

ASKED, TYPED, LOOKED_FOR, OF_EACH_CLIENT = 800, 120, 400, 400
WARMED_BY = 200
FIRST = 3

requests = RequestFactory(SERVER_NAME="localhost")
views = {name: MovieSearchViewSet.as_view({"get": name}).__wrapped__ for name in ("search", "suggest")}


def fill(count: int) -> dict[str, float]:
    started = time.perf_counter()
    columns = "tmdb_id, title, original_title, original_language, popularity, released_on, search_key"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            million.give_defaults(cursor, Movie)
            cursor.execute("SET synchronous_commit = off")
            with million.without_indexes(cursor, [Movie._meta.db_table]):
                million.copy(cursor, Movie, columns, map(row, titles(count)))
            cursor.execute("VACUUM ANALYZE catalog_movie")
        else:
            names = columns.split(", ")
            Movie.objects.bulk_create([Movie(**dict(zip(names, row(film), strict=True))) for film in titles(count)])
    return {"seconds": time.perf_counter() - started}


def row(film: Title) -> tuple:
    day = f"{film.year}-06-01" if film.year else None
    return film.id, film.title, film.original_title, film.language, film.popularity, day, ""


def build() -> dict[str, float]:
    started = time.perf_counter()
    made = index.build()
    seconds = time.perf_counter() - started
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE catalog_moviesearch, catalog_searchword, catalog_searchform")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"made": made, "seconds": seconds, "memory": memory}


def by_popularity() -> list[Title]:
    return sorted(titles(Movie.objects.count()), key=lambda film: -film.popularity)


def call(action: str, text: str) -> tuple[float, list[int]]:
    """Milliseconds of one answer that no cache had, and the ids in it."""
    request = requests.get(f"/api/v1/movies/{action}", {"q": text})
    started = time.perf_counter()
    response = views[action](request).render()
    took = (time.perf_counter() - started) * 1000
    if response.status_code != 200:
        raise SystemExit(f"{action} {text!r}: {response.content.decode()}")
    return took, [film["id"] for film in response.data["results"]]


def warm(films: list[Title]) -> None:
    for text in mixed(films, WARMED_BY, "warm"):
        call("search", text)


def times() -> dict[str, list[float]]:
    films = by_popularity()
    warm(films)
    return {
        "search": [call("search", text)[0] for text in mixed(films, ASKED)],
        "suggest": [call("suggest", text)[0] for text in keystrokes(films[:POPULAR], TYPED)],
        "suggest any": [call("suggest", text)[0] for text in keystrokes(films, TYPED)],
    }


def client(seed: str) -> dict[str, list[float]]:
    """One of several at once, as warm as the one alone; they begin when a line on standard input tells."""
    films = by_popularity()
    texts = mixed(films, OF_EACH_CLIENT, seed)
    warm(films)
    print("ready", flush=True)
    sys.stdin.readline()
    return {"search": [call("search", text)[0] for text in texts]}


def found() -> dict[str, float]:
    """Of each kind of query, how many find what is meant among the first three: of popular titles, and of any."""
    films = by_popularity()
    shelves = {"popular": films[:POPULAR], "any": films}
    return {
        f"{kind} {name}": sum(is_found(query) for query in queries(shelf, LOOKED_FOR, kind, "found")) / LOOKED_FOR
        for kind in ("exact", "prefix", "typo")
        for name, shelf in shelves.items()
    }


def is_found(query: Query) -> bool:
    """Whether the film, or one of the very same title, is among the first three."""
    ids = call("search", query.text)[1][:FIRST]
    if query.meant.id in ids:
        return True
    same = normalise(query.meant.title)
    return any(normalise(title) == same for title in Movie.objects.filter(pk__in=ids).values_list("title", flat=True))


def sizes() -> dict[str, int]:
    return {"entries": MovieSearch.objects.count()}


WORK: dict[str, Callable[..., dict]] = {work.__name__: work for work in (fill, build, times, client, found, sizes)}


def arguments() -> Iterator[object]:
    for text in sys.argv[2:]:
        yield int(text) if text.isdecimal() else text


if __name__ == "__main__":
    print(json.dumps(WORK[sys.argv[1]](*arguments())))
