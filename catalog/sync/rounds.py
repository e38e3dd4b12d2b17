"""The rounds that the worker makes by itself. One of a kind at a time: another that is due then is left out."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.utils import timezone

from catalog.sync.charts import fetch_charts, store_trending
from catalog.sync.reference import fetch_reference
from catalog.sync.running import THREADS, run
from catalog.sync.tally import Tally
from catalog.sync.wanted import Wanted, stale_movies
from catalog.tmdb.source import open_client

# After this long a round's worker was killed.
ROUND_SECONDS = 3600
# Twelve minutes at TMDB's rate, of the quarter of an hour until the next round.
STALE_LIMIT = 25_000


def refresh_stale(limit: int = STALE_LIMIT) -> Tally | None:
    """Fetches films that are stale, or were put aside and are due. None where another such round is under way."""
    with alone("stale") as is_alone:
        if not is_alone or not (due := stale_movies(timezone.now(), limit)):
            return None
        with open_client(threads=THREADS) as client:
            client.check()
            return run(client, Wanted(always=due))


def refresh_charts() -> Tally | None:
    """Fetches TMDB's lists, and the films in them that are not held fresh."""
    with alone("charts") as is_alone:
        if not is_alone:
            return None
        with open_client(threads=THREADS) as client:
            client.check()
            charts = fetch_charts(client)
            tally = run(client, Wanted(unless_fresh=charts.films))
        store_trending(charts)
        return tally


def refresh_reference() -> None:
    """Fetches genres, countries, services and the configuration."""
    with alone("reference") as is_alone:
        if is_alone:
            with open_client() as client:
                fetch_reference(client, timezone.now())


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Whether no other process is within the same; a cache that is away lets everyone in, which is only wasteful."""
    key = f"sync-round:{name}"
    is_alone = cache.add(key, 1, ROUND_SECONDS) or cache.get(key) is None
    try:
        yield is_alone
    finally:
        if is_alone:
            cache.delete(key)
