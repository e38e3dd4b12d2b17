"""A search that finds nothing here: TMDB's own is asked once, and what it finds is held from then on."""

import hashlib
from typing import Any

import structlog
from django.core.cache import cache
from django.db import transaction

from catalog import caching
from catalog.models import Movie
from catalog.search import index, normalise
from catalog.sync.on_demand import circuit
from catalog.sync.parsing.movie import UnreadableMovie, read_columns
from catalog.sync.parsing.values import identity
from catalog.tmdb.client import HASTY
from catalog.tmdb.errors import TMDBError, TMDBUnavailable
from catalog.tmdb.source import lasting_client

REMEMBERED_SECONDS = 1_800
SHORTEST_ASKED = 2

log = structlog.get_logger(__name__)


def search_elsewhere(text: str) -> list[int] | None:
    """Ids of films that TMDB's search gives first, held now by what it tells of them; their details are still awaited.

    Each text is asked for once in half an hour, whoever asks. None where TMDB is away.
    """
    asked = normalise(text)
    if len(asked) < SHORTEST_ASKED:
        return []
    if not circuit.allows():
        return None
    if not cache.add(_key(asked), 1, REMEMBERED_SECONDS):
        return []
    results = _ask(text)
    if results is None:
        cache.delete(_key(asked))
        return None
    return hold(results)


def _ask(text: str) -> list[Any] | None:
    """What TMDB's search tells; None where TMDB does not answer."""
    # Without films for adults: those are never listed here.
    query = {"query": text, "include_adult": "false", "language": "en-US", "page": 1}
    try:
        client = lasting_client()
        body = client.get("/search/movie", query, is_proper=_has_results, patience=HASTY) if client else {"results": []}
    except TMDBUnavailable as fault:
        circuit.failed(fault)
        return None
    except TMDBError as fault:
        log.error("tmdb_unusable", fault=str(fault))
        return []
    circuit.succeeded()
    return body["results"]


@transaction.atomic
def hold(results: list[Any]) -> list[int]:
    """Holds what a list of TMDB's tells of films that are not held yet; gives the ids of all it could read."""
    films = {film.pk: film for film in map(_read, results) if film}
    unknown = [films[key] for key in sorted(films.keys() - set(Movie.objects.in_bulk(films)))]
    Movie.objects.bulk_create(unknown, ignore_conflicts=True)
    index.put_movies([film.pk for film in unknown])
    if unknown:
        caching.change_movies([film.pk for film in unknown])
    return list(films)


def _read(result: Any) -> Movie | None:
    movie_id = identity(result.get("id")) if isinstance(result, dict) else None
    if movie_id is None:
        return None
    try:
        columns = read_columns(result, [], None)
    except UnreadableMovie:
        return None
    # What a film that is not detailed has none of.
    return Movie(tmdb_id=movie_id, **columns | {"title_key": None, "genre_bits": 0})


def _has_results(body: Any) -> bool:
    return isinstance(body, dict) and isinstance(body.get("results"), list)


def _key(asked: str) -> str:
    return f"tmdb-search:{hashlib.blake2b(asked.encode(), digest_size=16).hexdigest()}"
