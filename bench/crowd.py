"""Members and what they did, as rows for COPY: always the same for the same numbers.

Rows come in the order of time, as they would have: so one member's lie far apart. The first `ACTIVE` members do ten
times as much as others, and one member, the fan, follows them all; the `heavy` one has ten thousand of everything.
"""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from accounts.models import Follow, User
from reviews.models import Rating, Review
from watchlists.models import Favorite, List, ListItem, Viewing, WatchlistEntry

ACTIVE = 1_000
# What an active member does for one act of another's; both have both a rating and a viewing of each act.
TIMES = 10
NOW = datetime.now(UTC).replace(microsecond=0)
PAST = timedelta(days=730)
# Without a common divisor with the number of films, so that a member has each film once at the most.
STRIDE, SHIFT = 7_919, 104_729
# Of each active member.
REVIEWS = 80
TEXT = "A quiet clerk finds a letter that was meant for another, and follows it across a town that is on no map."

Table = tuple[type, str, Iterable[tuple]]


class Crowd(NamedTuple):
    """How many members there are, how many ratings, and viewings, in all, how many of everything the heavy one has, and
    the films' ids, the best known first.
    """

    members: int
    acts: int
    entries: int
    films: list[int]

    @property
    def heavy(self) -> int:
        return self.members + 1

    @property
    def fan(self) -> int:
        return self.members + 2

    def tables(self) -> Iterator[Table]:
        yield User, f"id, username, email, password, is_active, joined_at, {', '.join(PRIVACY)}", self._users()
        yield Follow, "follower_id, followed_id, is_accepted, created_at", self._follows()
        yield Rating, "user_id, movie_id, value, is_counted, rated_at", self._ratings()
        yield Viewing, VIEWING, self._viewings()
        yield Review, REVIEW, self._reviews()
        yield WatchlistEntry, "user_id, movie_id, added_at, priority", self._wanted()
        yield Favorite, "user_id, movie_id, position, added_at", self._favorites()
        yield List, "id, owner_id, name, visibility, item_count, created_at, updated_at", self._lists()
        yield ListItem, "list_id, movie_id, position, added_at, added_by_id", self._items()

    def _users(self) -> Iterator[tuple]:
        opened = ("public",) * len(PRIVACY)
        for pk in range(1, self.fan + 1):
            yield pk, f"member-{pk}", f"member-{pk}@example.org", "!", True, NOW - PAST, *opened

    def _follows(self) -> Iterator[tuple]:
        for pk in range(ACTIVE + 1, self.members + 1):
            for step in range(1, 6):
                yield pk, (pk * STRIDE + step * SHIFT) % (pk - 1) + 1, True, self._at(pk * 5 + step, self.members * 6)
        for pk in range(1, ACTIVE + 1):
            yield self.fan, pk, True, NOW - PAST

    def _acts(self, seed: int) -> Iterator[tuple[int, int, datetime]]:
        """Member, film and moment, in the order of time; at last the heavy member's, all within the last year."""
        order = [*range(1, self.members + 1), *list(range(1, ACTIVE + 1)) * (TIMES - 1)]
        random.Random(seed).shuffle(order)
        done, films = [0] * (self.members + 1), len(self.films)
        for number in range(self.acts):
            member = order[number % len(order)]
            place = (member * SHIFT + done[member] * STRIDE + seed) % films
            done[member] += 1
            yield member, self.films[place], self._at(number, self.acts)
        for number in range(self.entries):
            yield self.heavy, self.films[number], NOW - timedelta(minutes=45 * (self.entries - number))

    @staticmethod
    def _at(number: int, of: int) -> datetime:
        return NOW - PAST + PAST * (number % of / of)

    def _ratings(self) -> Iterator[tuple]:
        for number, (member, film, at) in enumerate(self._acts(1)):
            yield member, film, number * number % 10 + 1, True, at

    def _viewings(self) -> Iterator[tuple]:
        for number, (member, film, at) in enumerate(self._acts(2)):
            day = at.date()
            yield member, film, day, day, "day", number % 7 == 0, number % 10 + 1, "manual", "[]", at, at

    def _reviews(self) -> Iterator[tuple]:
        """One of every member's of the best known film, and others of the active ones'."""
        for number in range(self.members):
            yield self._review(number + 1, self.films[0], self._at(number * STRIDE, self.members), number)
        for number in range(ACTIVE * REVIEWS):
            member, turn = number % ACTIVE + 1, number // ACTIVE
            film = self.films[(member * SHIFT + turn * STRIDE) % (len(self.films) - 1) + 1]
            yield self._review(member, film, self._at(number, ACTIVE * REVIEWS), number)

    @staticmethod
    def _review(member: int, film: int, at: datetime, number: int) -> tuple:
        liked = number * STRIDE % 1_000
        return member, film, TEXT, f"<p>{TEXT}</p>", number % 9 == 0, "en", "published", at, at, liked, 0

    def _wanted(self) -> Iterator[tuple]:
        for number in range(self.entries):
            yield self.heavy, self.films[number], NOW - timedelta(minutes=number), number % 4
        for number in range(self.members * 5):
            member = number % self.members + 1
            yield member, self.films[(member * SHIFT + number // self.members) % len(self.films)], NOW - PAST, 0

    def _favorites(self) -> Iterator[tuple]:
        for number in range(self.members * 3):
            member, at = number * STRIDE % self.members + 1, self._at(number, self.members * 3)
            yield member, self.films[(member + number // self.members) % len(self.films)], number, at

    def _lists(self) -> Iterator[tuple]:
        for pk in range(1, ACTIVE * 2 + 1):
            at = self._at(pk, ACTIVE * 2)
            yield pk, (pk - 1) % ACTIVE + 1, f"List {pk}", "public", 20, at, at

    def _items(self) -> Iterator[tuple]:
        for number in range(ACTIVE * 2 * 20):
            made, turn = number % (ACTIVE * 2) + 1, number // (ACTIVE * 2)
            yield (
                made,
                self.films[(made * SHIFT + turn) % len(self.films)],
                number,
                self._at(number, ACTIVE * 40),
                (made - 1) % ACTIVE + 1,
            )


PRIVACY = [f"{name}_privacy" for name in ("profile", "watchlist", "history", "favorites", "reviews")]
VIEWING = (
    "user_id, movie_id, watched_on, sorted_on, precision, is_rewatch, rating, source, tags, created_at, changed_at"
)
REVIEW = (
    "author_id, movie_id, body, html, contains_spoilers, language, status, created_at, published_at, like_count,"
    " comment_count"
)
