"""Looks a text up among the entries, and says which of them are meant, the likeliest first."""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import combinations

import structlog
from django.db.models import QuerySet

from catalog.models import Movie, MovieSearch, PersonSearch, SearchWord
from catalog.models.search import SearchEntry
from catalog.search.asking import Asked, finished_word, understood, unfinished_word
from catalog.search.askings import NEVER_ENOUGH, TIERS, Asking
from catalog.search.candidates import candidates
from catalog.search.patterns import Pattern, Token, all_of, any_of
from catalog.search.ranking import best_first, score
from catalog.search.spelling import corrected
from catalog.search.stopping import TooSlow

# Never more than so many are looked at, or given: nobody reads on, and a common word would fetch the whole table.
MOST_FOUND = 200
MOST_OF_A_NAME = 50
# So many are enough not to look further down.
ENOUGH_TO_SEARCH = 40
SUGGESTED = 10
# With so few, or with nothing that is both near and known, the words may be misspelt.
FEW = 3
LONG = 3
GOOD_SCORE = 1.1
SHORT_TEXT = 3
# The last tier but one has so many times what the one above it has (`index.RANKS`).
FOLD = 5
LONGEST_SECONDS = 1.5
LAST_SECONDS = 0.2
KINDS = {MovieSearch: SearchWord.Kind.MOVIE, PersonSearch: SearchWord.Kind.PERSON}

log = structlog.get_logger(__name__)


def search_movies(text: str, *, limit: int = MOST_FOUND, within: QuerySet[Movie] | None = None) -> list[int]:
    """Ids of listed films that the text finds, the likeliest first; of those `within`, where it is given."""
    return Search(MovieSearch, text, enough=min(limit, ENOUGH_TO_SEARCH), within=within).found()[:limit]


def suggest_movies(text: str, *, limit: int = SUGGESTED) -> list[int]:
    """As `search_movies`, while somebody types: few, and at once."""
    return Search(MovieSearch, text, enough=limit).found()[:limit]


def search_people(text: str, *, limit: int = MOST_FOUND) -> list[int]:
    """Ids of people whose name the text finds, the likeliest first."""
    return Search(PersonSearch, text, enough=min(limit, ENOUGH_TO_SEARCH)).found()[:limit]


@dataclass
class Search:
    """One text, looked for in a table of entries; no more than it takes to have `enough`."""

    table: type[SearchEntry]
    text: str
    enough: int
    within: QuerySet[Movie] | None = None
    scores: dict[int, float] = field(default_factory=dict)
    ends_at: float = field(default_factory=lambda: time.monotonic() + LONGEST_SECONDS)

    def found(self) -> list[int]:
        readings = understood(self.text)
        try:
            self._look(readings)
        except TooSlow:
            log.warning("search_cut_short", found=len(self.scores), letters=len(self.text))
            if not self.scores:
                self._glance(readings[0])
        return best_first(self.scores.items())[:MOST_FOUND]

    def _look(self, readings: Sequence[Asked]) -> None:
        for asked in readings:
            self._read(asked)
        if len(self.scores) < FEW or max(self.scores.values()) < GOOD_SCORE:
            for asked in readings:
                # So many words, all of them in one title, are hardly there by a slip.
                if not (self.scores and len(asked.words) >= LONG):
                    self._correct(asked)

    def _read(self, asked: Asked) -> None:
        """As it stands: whole names, and tier by tier all that fits; until there are enough.

        Before the last tier all words as they stand are asked for, where there are several: of a common last word, all
        that begin like it are very many, and are read before any other word counts.
        """
        steps = self._down(asked, asked.pattern)
        last = steps[-1].tier
        if len(asked.words) > 1:
            steps.insert(-1, self._step(asked, asked.finished, last, 1 if len(asked.words) >= LONG else FEW))
        name = self._step(asked, asked.whole_name, last)
        self._take(asked, [name._replace(limit=MOST_OF_A_NAME), *steps])

    def _glance(self, asked: Asked) -> None:
        """What the best known have, when the time is up and nothing was found."""
        self.ends_at = time.monotonic() + LAST_SECONDS
        with suppress(TooSlow):
            self._take(asked, [self._step(asked, asked.pattern, depths(asked)[0])])

    def _correct(self, asked: Asked) -> None:
        meant = corrected(KINDS[self.table], asked.words)
        if all(len(words) == 1 for words in meant) and self.scores:
            return
        found = self._read_corrected(asked, _every(meant))
        if not found and not self.scores and len(meant) > 1:
            all_but_one = any_of(*(_every(list(some)) for some in combinations(meant, len(meant) - 1)))
            self._read_corrected(asked, all_but_one)

    def _read_corrected(self, asked: Asked, pattern: Pattern) -> int:
        """Gives how many fit, down to the tier where there were enough, or the last."""
        return self._take(asked, self._down(asked, pattern), is_corrected=True)

    def _down(self, asked: Asked, pattern: Pattern) -> list[Asking]:
        """Tier by tier until there are enough; the last but one only where the one above has so many that it may have
        enough itself: of something rare it would be read for nothing.
        """
        *above, last_but_one, last = (self._step(asked, pattern, tier, self.enough) for tier in depths(asked))
        return [*above, last_but_one._replace(worth=self.enough // FOLD), last]

    def _step(self, asked: Asked, pattern: Pattern, tier: int, enough: int = NEVER_ENOUGH) -> Asking:
        return Asking(pattern, tier, MOST_FOUND, enough, self._years(asked), self.within)

    def _take(self, asked: Asked, steps: Sequence[Asking], *, is_corrected: bool = False) -> int:
        """Scores the most popular that fit each step, in turn until there are enough; gives how many fit one."""
        found = candidates(self.table, steps, self.ends_at)
        for key, names, popularity, year in {row.key: row for rows in found for row in rows}.values():
            told = score(asked, names, popularity, year, is_corrected=is_corrected)
            self.scores[key] = max(told, self.scores.get(key, told))
        return max(map(len, found))

    def _years(self, asked: Asked) -> tuple[int, int] | None:
        return (asked.year - 1, asked.year + 1) if asked.year and self.table is MovieSearch else None


def depths(asked: Asked) -> tuple[int, ...]:
    """The tiers to look down to, one after the other: the first only for so short a text that all else has too many."""
    return TIERS if len(asked.plain) <= SHORT_TEXT else TIERS[1:]


def _every(meant: Sequence[list[str]]) -> Pattern:
    """For each word any of those it may be; the last as it stands may go on."""
    last = len(meant) - 1
    return all_of(
        *(
            any_of(*(_word(word, is_open=place == last and word is words[0]) for word in words))
            for place, words in enumerate(meant)
        )
    )


def _word(word: str, *, is_open: bool) -> Pattern | Token:
    return unfinished_word(word) if is_open else finished_word(word)
