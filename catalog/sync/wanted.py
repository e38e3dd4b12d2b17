"""Which films a run is to fetch, and the pages of TMDB's list that it learns some of them from."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from catalog.models import Movie
from catalog.tmdb.client import TMDBClient

POPULAR = "/movie/popular"
PAGE_SIZE = 20
# Pages that fail one after the other until the list is given up.
PAGES_LOST_AT_MOST = 3
CHUNK = 5_000


@dataclass
class Popular:
    """The first `number` films of the popular list, whose pages shift while they are read."""

    number: int
    met: set[int] = field(default_factory=set)
    pages_asked: int = 0
    last_page: int = 1
    is_length_known: bool = False
    lost_in_a_row: int = 0
    turn: int = 1
    arrived: dict[int, list[int]] = field(default_factory=dict)

    def next_page(self, under_way: int) -> int | None:
        """The page to ask for now, beside those under way; None for none."""
        if len(self.met) + under_way * PAGE_SIZE >= self.number or self.pages_asked >= self.last_page:
            return None
        self.pages_asked += 1
        return self.pages_asked

    def take(self, page: int, ids: list[int], last_page: int) -> list[int]:
        """The films that are wanted now that this page is here."""
        self.lost_in_a_row, self.last_page, self.is_length_known = 0, last_page, True
        return self._in_turn(page, ids)

    def lose(self, page: int) -> list[int]:
        """The page could not be had: the next may, though not for ever. Gives what waited for it."""
        self.lost_in_a_row += 1
        if self.lost_in_a_row >= PAGES_LOST_AT_MOST:
            self.last_page = self.pages_asked
        elif not self.is_length_known:
            self.last_page = self.pages_asked + 1
        return self._in_turn(page, [])

    def _in_turn(self, page: int, ids: list[int]) -> list[int]:
        """Those that are new, as many as are wanted yet: the pages in their order, whatever order they come in."""
        self.arrived[page] = ids
        taken: list[int] = []
        while self.turn in self.arrived:
            unmet = (key for key in dict.fromkeys(self.arrived.pop(self.turn)) if key not in self.met)
            new = list(islice(unmet, self.number - len(self.met)))
            self.met.update(new)
            taken += new
            self.turn += 1
        return taken

    @property
    def to_come(self) -> int:
        """How many films the rest of the list may yet give."""
        return self.number - len(self.met) if self.pages_asked < self.last_page else 0


@dataclass
class Wanted:
    """Films to fetch, each once; those of `unless_fresh` only where what is held is too old.

    `feed` may be endless: it is read as the run comes to it. `feed_length` is how many it gives, where that is known.
    """

    always: Sequence[int] = ()
    unless_fresh: Sequence[int] = ()
    popular: int = 0
    feed: Iterable[int] = ()
    feed_length: int = 0


class Agenda:
    """What is still to be asked of TMDB, in order."""

    def __init__(self, wanted: Wanted, now: Callable[[], datetime]) -> None:
        self.now = now
        self.popular = Popular(wanted.popular)
        self.fresh = 0
        self._feed, self._feed_left = iter(wanted.feed), wanted.feed_length
        self._known: set[int] = set()
        self._movies: deque[int] = deque()
        self._queue(wanted.always)
        self.offer(wanted.unless_fresh)

    def offer(self, ids: Iterable[int]) -> None:
        """Queues those films that are not held fresh."""
        unknown = [key for key in dict.fromkeys(ids) if key not in self._known]
        for start in range(0, len(unknown), CHUNK):
            chunk = unknown[start : start + CHUNK]
            fresh = set(Movie.objects.fresh(self.now()).filter(pk__in=chunk).values_list("pk", flat=True))
            self.fresh += len(fresh)
            self._known |= fresh
            self._queue(key for key in chunk if key not in fresh)

    def next_movie(self) -> int | None:
        return self._movies.popleft() if self._movies else next(self._fed(), None)

    @property
    def waiting(self) -> int:
        return len(self._movies)

    @property
    def to_come(self) -> int:
        """How many films are still to be asked for, as far as it is known."""
        return len(self._movies) + self.popular.to_come + max(self._feed_left, 0)

    def _fed(self) -> Iterator[int]:
        """Those of the feed that were not named before. It gives each once itself, so they need not be remembered."""
        for key in self._feed:
            self._feed_left -= 1
            if key not in self._known:
                yield key

    def _queue(self, ids: Iterable[int]) -> None:
        for key in ids:
            if key not in self._known:
                self._known.add(key)
                self._movies.append(key)


def preview(client: TMDBClient, wanted: Wanted, now: Callable[[], datetime]) -> tuple[int, int]:
    """How many films a run would fetch, and how many it would find fresh; TMDB is asked for its list alone."""
    agenda = Agenda(wanted, now)
    while page := agenda.popular.next_page(under_way=0):
        agenda.offer(agenda.popular.take(page, *client.page(POPULAR, page)))
    return sum(1 for _ in iter(agenda.next_movie, None)), agenda.fresh
