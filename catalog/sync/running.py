"""A run: threads that fetch and read films, and one writer that stores them in small batches as they come."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import Protocol

import structlog
from django.utils import timezone

from catalog import caching
from catalog.sync.interrupts import Interrupts
from catalog.sync.outcomes import Outcome, ask
from catalog.sync.tally import Tally, settle
from catalog.sync.wanted import POPULAR, Agenda, Wanted
from catalog.tmdb.client import TMDBClient
from catalog.tmdb.errors import TMDBNotFound, TMDBRefused, TMDBUnauthorized, TMDBUnavailable

THREADS = 16
# What a kill can lose is what was fetched since the last flush: at TMDB's pace, that of half a second.
FLUSH_SIZE = 200
FLUSH_SECONDS = 0.5
PAGES_AHEAD = 3

log = structlog.get_logger(__name__)


class Progress(Protocol):
    def show(self, tally: Tally) -> None:
        """Tells how far the run is."""


def run(client: TMDBClient, wanted: Wanted, *, threads: int = THREADS, progress: Progress | None = None) -> Tally:
    """Fetches and stores the wanted films; goes on past those that fail, which are put aside.

    Once what was fetched is stored, raises TMDBUnauthorized where TMDB no longer takes the token, or KeyboardInterrupt.
    """
    return Run(client, wanted, threads=threads, progress=progress).go()


class Run:
    """One run's state. Only the thread that calls `go` touches the database."""

    def __init__(
        self,
        client: TMDBClient,
        wanted: Wanted,
        *,
        threads: int,
        progress: Progress | None,
        now: Callable[[], datetime] = timezone.now,
    ) -> None:
        self.client = client
        self.now = now
        self.agenda = Agenda(wanted, now)
        self.tally = Tally()
        self.progress = progress
        self.threads = threads
        self.window = threads + FLUSH_SIZE
        self.done: SimpleQueue[Future] = SimpleQueue()
        self.films: set[Future[Outcome]] = set()
        self.pages: dict[Future[tuple[list[int], int]], int] = {}
        self.fetched: list[Outcome] = []
        self.flushed_at = time.monotonic()

    def go(self) -> Tally:
        pool = ThreadPoolExecutor(self.threads, thread_name_prefix="tmdb")
        with Interrupts() as interrupts:
            return self._go(pool, interrupts)

    def _go(self, pool: ThreadPoolExecutor, interrupts: Interrupts) -> Tally:
        try:
            while self._submit(pool):
                self._take_next()
                self._flush_if_due()
                interrupts.raise_noted()
            self._flush()
            interrupts.raise_noted()
        except (KeyboardInterrupt, TMDBUnauthorized):
            self._wind_up(pool)
            raise
        finally:
            self.client.stop()
            pool.shutdown(cancel_futures=True)
            if self.tally.changed or self.tally.gone:
                caching.drop_lists()
        return self.tally

    def _submit(self, pool: ThreadPoolExecutor) -> bool:
        """Keeps the threads busy and a little ahead of the writer; False when nothing is left to wait for."""
        while len(self.films) < self.window and (movie_id := self.agenda.next_movie()) is not None:
            self.films.add(self._started(pool.submit(ask, self.client, movie_id)))
        while self._wants_page() and (page := self.agenda.popular.next_page(len(self.pages))):
            self.pages[self._started(pool.submit(self.client.page, POPULAR, page))] = page
        return bool(self.films or self.pages)

    def _wants_page(self) -> bool:
        return self.agenda.waiting < self.window and len(self.pages) < PAGES_AHEAD

    def _started(self, future: Future) -> Future:
        future.add_done_callback(self.done.put)
        return future

    def _take_next(self) -> None:
        """Waits for one answer, at most until the next flush is due."""
        wait = self.flushed_at + FLUSH_SECONDS - time.monotonic() if self.fetched else FLUSH_SECONDS
        try:
            self._take(self.done.get(timeout=max(wait, 0.001)))
        except Empty:
            return

    def _take(self, future: Future) -> None:
        if future in self.films:
            self.films.discard(future)
            if not self.fetched:
                self.flushed_at = time.monotonic()
            self.fetched.append(future.result())
        else:
            self._take_page(future, self.pages.pop(future))

    def _take_page(self, future: Future[tuple[list[int], int]], page: int) -> None:
        popular = self.agenda.popular
        try:
            self.agenda.offer(popular.take(page, *future.result()))
        except (TMDBUnavailable, TMDBNotFound, TMDBRefused) as fault:
            log.warning("tmdb_page_lost", fault=str(fault))
            self.tally.lost_pages += 1
            self.agenda.offer(popular.lose(page))

    def _flush_if_due(self) -> None:
        if len(self.fetched) >= FLUSH_SIZE or time.monotonic() - self.flushed_at >= FLUSH_SECONDS:
            self._flush()

    def _flush(self) -> None:
        batch = self.fetched[:FLUSH_SIZE]
        if batch:
            settle(self.client, batch, self.now(), self.tally)
            # Only now: an interrupt before leaves them to the last flush.
            del self.fetched[: len(batch)]
        self.flushed_at = time.monotonic()
        self.tally.fresh = self.agenda.fresh
        self.tally.expected = self.tally.done + len(self.fetched) + len(self.films) + self.agenda.to_come
        if self.progress:
            self.progress.show(self.tally)

    def _wind_up(self, pool: ThreadPoolExecutor) -> None:
        """Stores what is fetched already; the films that were under way are left for the next run."""
        self.client.stop()
        pool.shutdown(cancel_futures=True)
        answered = [future for future in self.films if not future.cancelled() and not future.exception()]
        self.fetched += [future.result() for future in answered]
        while self.fetched:
            self._flush()
