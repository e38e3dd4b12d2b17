"""Where TMDB is: at the address that the environment names, at TMDB itself, or in a stand-in of our own."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings

from catalog.tmdb.budget import Budget, FileSlots, OwnSlots, RedisSlots, Slots
from catalog.tmdb.calls import calls
from catalog.tmdb.client import Patience, TMDBClient
from catalog.tmdb.errors import TMDBMisconfigured
from catalog.tmdb.standin import StandIn

WEB_THREADS = 32
TMDB = "https://api.themoviedb.org/3"
EXPORTS = "https://files.tmdb.org/p/exports"


def is_configured() -> bool:
    """Whether the environment says where TMDB is, by a token or an address."""
    return bool(settings.TMDB_TOKEN or settings.TMDB_BASE_URL)


def has_export() -> bool:
    """Whether the daily export at `TMDB_EXPORTS_URL` is that of the TMDB which is asked for the films."""
    is_its_own = settings.TMDB_EXPORTS_URL.rstrip("/") != EXPORTS
    return bool(settings.TMDB_TOKEN) and (is_its_own or settings.TMDB_BASE_URL.rstrip("/") in {"", TMDB})


@contextmanager
def open_client(*, threads: int = 1) -> Iterator[TMDBClient]:
    """A client of whatever is TMDB here; where nothing is configured, of a stand-in that lives as long as it does."""
    if is_configured():
        with _closed(_client(_base_url(), settings.TMDB_TOKEN, shared_budget(), threads)) as client:
            yield client
        return
    with (
        StandIn(remember=0) as own,
        _closed(_client(own.base_url, own.token, Budget(0, OwnSlots()), threads)) as client,
    ):
        yield client


def lasting_client() -> TMDBClient | None:
    """The process's own client, for single calls on demand; None where nothing is configured."""
    return _lasting(_base_url(), settings.TMDB_TOKEN, settings.TMDB_RATE) if is_configured() else None


def shared_budget() -> Budget:
    """TMDB's rate, shared through Redis, or without it through a file under DATA_DIR. A rate of 0 is no limit."""
    if not settings.TMDB_RATE:
        return Budget(0, OwnSlots())
    slots: Slots = FileSlots(settings.DATA_DIR / "tmdb-next-slot")
    if settings.REDIS_URL:
        slots = RedisSlots(settings.REDIS_URL, f"{settings.CACHE_KEY_PREFIX}:tmdb-next-slot", slots)
    return Budget(settings.TMDB_RATE, slots)


@contextmanager
def _closed(client: TMDBClient) -> Iterator[TMDBClient]:
    """The client, closed at the end, and its calls written down."""
    try:
        yield client
    finally:
        client.close()
        calls.flush()


@lru_cache(maxsize=2)
def _lasting(base_url: str, token: str, rate: float) -> TMDBClient:
    return _client(base_url, token, shared_budget(), WEB_THREADS)


def _client(base_url: str, token: str, budget: Budget, threads: int) -> TMDBClient:
    timeout = settings.TMDB_TIMEOUT
    # Time for every try to run out, and for the waits between them.
    patience = Patience(timeout=timeout, seconds=4.5 * timeout)
    client = TMDBClient(base_url, token, budget, threads=threads, patience=patience)
    client.count = calls.count
    return client


def _base_url() -> str:
    base_url = settings.TMDB_BASE_URL or TMDB
    address = urlsplit(base_url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise TMDBMisconfigured(f"TMDB_BASE_URL is {base_url!r}, which is no address such as {TMDB}")
    return base_url
