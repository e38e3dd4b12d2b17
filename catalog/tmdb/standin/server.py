"""The stand-in as a test or a command holds it: started, stopped, filled, asked what it was asked."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, InitVar, dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, Self

from catalog.tmdb.standin import reference
from catalog.tmdb.standin.bodies import empty_parts, nothing_known, starter_library
from catalog.tmdb.standin.faults import Faults
from catalog.tmdb.standin.ranges import as_file
from catalog.tmdb.standin.record import Call, Limit, Record
from catalog.tmdb.standin.replies import RefusedError, Reply, over_limit, refused
from catalog.tmdb.standin.routes import Routes
from catalog.tmdb.standin.shelf import FilmShelf
from catalog.tmdb.standin.wire import Listener

Json = dict[str, Any]

BEARER = "stand-in"
API = "/3"


@dataclass(eq=False)
class StandIn:
    """Serves the starter catalogue, or only the given films, on a free port unless told which.

    `rate` is the calls let through in any second (None: no limit). `today` is the day by which films are playing or
    coming; the starter's is the day its facts were taken. `remember` bounds the record of calls.
    """

    films: InitVar[Iterable[Json] | None] = None
    token: str = BEARER
    rate: int | None = None
    _: KW_ONLY
    host: str = "127.0.0.1"
    port: int = 0
    today: date | None = None
    remember: int | None = None

    def __post_init__(self, films: Iterable[Json] | None) -> None:
        library = starter_library()
        bodies = None if films is None else [complete(body) for body in films]
        if self.today is None and bodies is None:
            self.today = date.fromisoformat(library.catalogue.reference["as_of"])
        self.films: FilmShelf = FilmShelf(library, bodies)
        self.faults = Faults()
        self.record = Record(self.remember)
        self.limit = Limit(self.rate)
        self._routes = Routes(self.films, lambda: self.today or datetime.now(UTC).date())
        self._stopping = threading.Event()
        self._listener: Listener | None = None

    def start(self) -> Self:
        """Listens from when this returns. Raises OSError where the port is taken."""
        self._stopping.clear()
        self._listener = Listener((self.host, self.port), self.answer)
        self.port = self._listener.server_address[1]
        threading.Thread(target=self._listener.serve_forever, args=(0.05,), daemon=True, name="tmdb-standin").start()
        return self

    def stop(self) -> None:
        """Ends every connection; calls then find nobody there."""
        self._stopping.set()
        if self._listener:
            self._listener.close()
            self._listener = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def base_url(self) -> str:
        return f"http://{self.host}:{self.port}{API}"

    @property
    def exports_url(self) -> str:
        return f"http://{self.host}:{self.port}/exports"

    @property
    def calls(self) -> list[Call]:
        return self.record.calls()

    def max_calls_in_any_second(self) -> int:
        return self.record.max_in_any_second()

    def put_film(self, body: Json, *, changed_on: date | None = None) -> None:
        """Adds or replaces a film and tells of it in the changes; what the body lacks is filled with TMDB's empties.

        To serve a body exactly as it is, write it to `films[id]` instead.
        """
        self.films[body["id"]] = complete(body)
        self.films.note_change(body["id"], changed_on)

    def remove_film(self, film_id: int, *, changed_on: date | None = None, is_announced: bool = True) -> None:
        """The film is a 404 and in no list; unannounced, the changes say nothing of it."""
        del self.films[film_id]
        if is_announced:
            self.films.note_change(film_id, changed_on)

    def set_offers(self, film_id: int, by_region: dict[str, dict[str, list[int | Json]]]) -> None:
        """Where the film streams: `{"US": {"flatrate": [8]}}`, by provider id or TMDB's own row."""
        self.films[film_id]["watch/providers"] = reference.offers(self.films.library, film_id, by_region)

    def answer(self, method: str, path: str, query: dict[str, str], headers: Mapping[str, str]) -> Reply:
        """The reply to one call, written into the record."""
        arrived = time.monotonic()
        if path.startswith(f"{API}/"):
            path = path.removeprefix(API)
            reply = self._answer(method, path, query, headers.get("Authorization", ""), arrived)
        else:
            reply = self._file(path, headers)
        self.record.add(Call(arrived, method, path, query, reply.status))
        return reply

    def _file(self, path: str, headers: Mapping[str, str]) -> Reply:
        """From the other host, which asks for no token, and has faults of its own."""

        def whole_or_part() -> Reply:
            return as_file(honest(self._routes.export, path), headers)

        fault = self.faults.take(path)
        return fault.answer(whole_or_part, self._stopping.wait) if fault else whole_or_part()

    def _answer(self, method: str, path: str, query: dict[str, str], authorization: str, arrived: float) -> Reply:
        if authorization != f"Bearer {self.token}":
            return refused(7)
        if not self.limit.allows(arrived):
            return over_limit(self.limit.rate or 0, 1)
        if method != "GET":
            return refused(42)
        if fault := self.faults.take(path):
            return fault.answer(partial(honest, self._routes.answer, path, query), self._stopping.wait)
        return honest(self._routes.answer, path, query)


def honest(route: Callable[..., Reply], *asked: Any) -> Reply:
    """The route's reply, or TMDB's error body where it refuses."""
    try:
        return route(*asked)
    except RefusedError as refusal:
        return refused(refusal.code)


def complete(body: Json) -> Json:
    """The body with every key and part TMDB sends; its original title is its title where nothing else is said."""
    given = nothing_known() | empty_parts() | body
    given["original_title"] = given["original_title"] or given["title"]
    given["external_ids"] = {"imdb_id": given["imdb_id"]} | given["external_ids"]
    return given
