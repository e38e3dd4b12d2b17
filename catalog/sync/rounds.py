"""The rounds that the worker makes by itself. One of a kind at a time: another that is due then is left out."""

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import chain, takewhile

from django.core.cache import cache
from django.utils import timezone

from catalog.models import SyncFailure
from catalog.search import index
from catalog.sync.changes import cover, fetch_changes
from catalog.sync.charts import fetch_charts, store_trending
from catalog.sync.export import import_export
from catalog.sync.logbook import Entry
from catalog.sync.reference import fetch_reference
from catalog.sync.retention import forget_old_calls, forget_old_facts
from catalog.sync.running import THREADS, Run, run
from catalog.sync.suspects import suspected_movies
from catalog.sync.tally import Tally
from catalog.sync.wanted import Wanted
from catalog.sync.worth import by_worth
from catalog.tmdb.client import TMDBClient
from catalog.tmdb.errors import TMDBUnavailable
from catalog.tmdb.exports import LATEST
from catalog.tmdb.source import has_export, open_client

# After this long a round's worker was killed.
ROUND_SECONDS = 3600
# Ends just before a round is due, and so leaves no gap: the schedule begins one every five minutes.
DETAILS_SECONDS = 14 * 60 + 45
# The lists of changes go by days: what was fetched lately is left to the rounds of later in the same day or the next.
CHANGED_AGAIN_AFTER = timedelta(hours=6)
# TMDB is away when so many films failed, and no more were had.
LOST_AT_LEAST = 50


def refresh_details(seconds: float = DETAILS_SECONDS) -> Tally | None:
    """Fetches films in the order of their worth, for so long at the most. None where another such round is under way.

    Raises TMDBUnavailable once TMDB fails most of them.
    """
    return _go_through("details", lambda: by_worth(timezone.now()), time.monotonic() + seconds)


def refresh_changes() -> Tally | None:
    """Fetches the held films that TMDB says have changed. Raises TMDBUnavailable where a page of its list was lost."""
    now = timezone.now()
    with a_round("changes") as entry:
        if entry is None:
            return None
        with open_client(threads=THREADS) as client:
            client.check()
            changes = fetch_changes(client, now, unless_fetched_since=now - CHANGED_AGAIN_AFTER)
            entry.summary = str(changes)
            tally = run(client, Wanted(always=changes.films))
        entry.summary = f"{changes}; {tally}"
        _complain_of(changes.lost_pages)
        cover(changes)
        return tally


def refresh_charts() -> Tally | None:
    """Fetches TMDB's lists, and the films in them that are not held fresh. Raises TMDBUnavailable as the one above."""
    with a_round("charts") as entry:
        if entry is None:
            return None
        with open_client(threads=THREADS) as client:
            client.check()
            charts = fetch_charts(client)
            tally = run(client, Wanted(unless_fresh=charts.films))
        ranked = store_trending(charts)
        entry.summary = f"{ranked:,} trending; {tally}"
        _complain_of(charts.lost_pages)
        return tally


def refresh_reference() -> None:
    """Fetches genres, countries, services and the configuration."""
    with a_round("reference") as entry:
        if entry:
            with open_client() as client:
                counts = fetch_reference(client, timezone.now())
            entry.summary = ", ".join(f"{count:,} {name}" for name, count in counts.items())


def take_in_export() -> None:
    """Takes in the daily export of ids. Raises TMDBUnavailable where it was not whole: what was there is stored."""
    with a_round("export") as entry:
        if entry is None:
            return
        if not has_export():
            entry.summary = "left out: without a TMDB_TOKEN, or with another TMDB_BASE_URL, TMDB's export is not meant"
            return
        done = import_export(LATEST, timezone.now())
        entry.summary = "; ".join([f"{done}; {done.suspicion}", *done.faults])
        if done.cut:
            raise TMDBUnavailable(f"the export is not whole: {done.cut}")


def check_suspects(seconds: float = DETAILS_SECONDS) -> Tally | None:
    """Asks TMDB for the films of which its export says otherwise, for so long at the most."""
    return _go_through("suspects", suspected_movies, time.monotonic() + seconds)


def refresh_search() -> None:
    """Brings the index of the search up to the popularity of today, and makes the entries that are missing."""
    with a_round("search") as entry:
        if entry:
            entry.summary = f"{index.refresh():,} entries made"


def forget_old() -> None:
    """Forgets what may no longer be kept of films, and the counts of calls that nobody looks at any more."""
    with a_round("retention") as entry:
        if entry:
            films, calls = forget_old_facts(timezone.now()), forget_old_calls(timezone.now())
            entry.summary = f"the facts of {films:,} films, and {calls:,} counts of calls"


@contextmanager
def a_round(name: str) -> Iterator[Entry | None]:
    """The round's entry in the logbook, written however it ends; None where another such round is under way."""
    with alone(name) as is_alone:
        if not is_alone:
            yield None
            return
        with Entry(name) as entry:
            yield entry


def _go_through(name: str, choose: Callable[[], Iterator[int]], ends_at: float) -> Tally | None:
    """A round over these films until then."""
    with a_round(name) as entry:
        if entry is None:
            return None
        films = choose()
        first = next(films, None)
        if first is None:
            entry.summary = "nothing was due"
            return Tally()
        with open_client(threads=THREADS) as client:
            client.check()
            tally = _run_until(client, chain([first], films), ends_at)
        entry.summary = str(tally)
        if _is_lost(tally):
            raise TMDBUnavailable(f"TMDB failed {tally.put_aside:,} of {tally.done:,} films")
        return tally


def _run_until(client: TMDBClient, films: Iterator[int], ends_at: float) -> Tally:
    """A run over the films until then, or until TMDB turns out to be away."""

    def goes_on(_: int) -> bool:
        return time.monotonic() < ends_at and not _is_lost(started.tally)

    started = Run(client, Wanted(feed=takewhile(goes_on, films)), threads=THREADS, progress=None)
    return started.go()


def _is_lost(tally: Tally) -> bool:
    return tally.aside[SyncFailure.Reason.UNAVAILABLE] >= max(LOST_AT_LEAST, tally.fetched)


def _complain_of(lost_pages: int) -> None:
    if lost_pages:
        raise TMDBUnavailable(f"pages of TMDB's lists that were lost: {lost_pages:,}")


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Whether no other process is within the same; a cache that is away lets everyone in, which is only wasteful."""
    key, own = f"sync-round:{name}", uuid.uuid4().hex
    is_alone = cache.add(key, own, ROUND_SECONDS) or cache.get(key) is None
    try:
        yield is_alone
    finally:
        # One that has outlasted its time does not let a third in beside the second.
        if is_alone and cache.get(key) == own:
            cache.delete(key)
