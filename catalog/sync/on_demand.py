"""One film at once: for a reader who asks for a film that is not held, and for the worker."""

import threading
import time

import structlog
from django.core.cache import cache
from django.utils import timezone

from catalog import caching
from catalog.models import Movie
from catalog.sync.outcomes import Failed, Reason, ask
from catalog.sync.parsing.values import LARGEST
from catalog.sync.tally import Tally, settle
from catalog.tmdb.calls import calls
from catalog.tmdb.client import HASTY, Patience, TMDBClient
from catalog.tmdb.errors import TMDBMisconfigured, TMDBNotFound, TMDBUnauthorized, TMDBUnavailable
from catalog.tmdb.source import lasting_client, open_client
from web.circuit import Circuit

ABSENT_SECONDS = 600
# So long all processes leave a film alone that TMDB did not give.
FAILED_SECONDS = 10
# Longer than a hasty call takes: after that its process is gone, and another may ask.
FLIGHT_SECONDS = 15
WAIT_SECONDS = 5.0
WAIT_STEP = 0.05
log = structlog.get_logger(__name__)
# A reader waits for TMDB in a thread of the web server: while it stalls, one of them tries, and the rest are told.
circuit = Circuit("TMDB, on demand")
# One lock for each key's share of them, so that their number is bounded.
_locks = [threading.Lock() for _ in range(64)]


def fetch_movie(movie_id: int) -> Movie:
    """The film, asked of TMDB in one short try, and stored; however many ask at once, TMDB is asked once.

    A film that is held fresh is not asked for. Raises TMDBNotFound where TMDB has no such film (remembered for ten
    minutes) or no TMDB is configured, TMDBUnavailable where TMDB does not give it.
    """
    if not 0 < movie_id <= LARGEST or cache.get(_key("absent", movie_id)):
        raise TMDBNotFound(f"/movie/{movie_id}: known to be absent")
    try:
        client = lasting_client()
        if client is None:
            raise TMDBNotFound(f"/movie/{movie_id}: no TMDB is configured")
        with _locks[movie_id % len(_locks)]:
            return _held(movie_id) or _fetch_alone(client, movie_id)
    except (TMDBUnauthorized, TMDBMisconfigured) as fault:
        log.error("tmdb_unusable", fault=str(fault))
        raise TMDBUnavailable(str(fault)) from fault


def refresh_movie(movie_id: int) -> None:
    """Asks TMDB for the film with all patience and stores it. What fails is put aside, and raises TMDBUnavailable."""
    with open_client() as client:
        _fetch(client, movie_id)
    caching.drop_lists()


def _fetch_alone(client: TMDBClient, movie_id: int) -> Movie:
    """As `_fetch`, unless another process is at it: then what that one stores."""
    if not circuit.allows():
        raise TMDBUnavailable(f"/movie/{movie_id}: TMDB did not answer a moment ago")
    flight = _key("flight", movie_id)
    gives_up_at = time.monotonic() + WAIT_SECONDS
    while not cache.add(flight, 1, FLIGHT_SECONDS):
        time.sleep(WAIT_STEP)
        if movie := _held(movie_id):
            return movie
        # Also where the cache is away, and can tell nothing of others.
        if time.monotonic() > gives_up_at or cache.get(flight) is None:
            break
    try:
        _raise_if_failed(movie_id)
        _fetch(client, movie_id, HASTY)
    finally:
        cache.delete(flight)
        calls.flush()
    return Movie.objects.get(pk=movie_id)


def _raise_if_failed(movie_id: int) -> None:
    if cache.get(_key("failed", movie_id)):
        raise TMDBUnavailable(f"/movie/{movie_id}: TMDB did not give it a moment ago")


def _fetch(client: TMDBClient, movie_id: int, patience: Patience | None = None) -> None:
    outcome = ask(client, movie_id, patience=patience)
    if isinstance(outcome, Failed) and outcome.reason == Reason.UNAVAILABLE:
        circuit.failed(TMDBUnavailable(outcome.detail))
    else:
        circuit.succeeded()
    tally = Tally()
    is_unknown = isinstance(outcome, Failed) and not Movie.objects.filter(pk=movie_id).exists()
    # A stranger's numbers must not fill the list of films put aside.
    if not (is_unknown and patience is HASTY):
        settle(client, [outcome], timezone.now(), tally, patience=patience)
    if isinstance(outcome, Failed):
        cache.set(_key("failed", movie_id), 1, FAILED_SECONDS)
        raise TMDBUnavailable(outcome.detail)
    if tally.put_aside:
        raise TMDBUnavailable(f"/movie/{movie_id}: {Reason.UNSTORABLE.label}")
    if tally.gone and not Movie.objects.filter(pk=movie_id).exists():
        cache.set(_key("absent", movie_id), 1, ABSENT_SECONDS)
        raise TMDBNotFound(f"/movie/{movie_id}: TMDB has no such film")


def _held(movie_id: int) -> Movie | None:
    return Movie.objects.fresh(timezone.now()).filter(pk=movie_id).first()


def _key(kind: str, movie_id: int) -> str:
    return f"tmdb-{kind}:{movie_id}"
