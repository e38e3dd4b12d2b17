"""What a typed text asks for."""

import re
from dataclasses import dataclass
from functools import cached_property

from catalog.search.patterns import AllOf, AnyOf, Pattern, Token, any_of
from catalog.search.words import (
    ARTICLES,
    DIGITS,
    LONGEST_QUERY,
    LONGEST_START,
    LONGEST_TOKEN,
    RUN,
    START,
    WHOLE,
    normalise,
    plainer,
    whole,
)

MOST_WORDS = 12
# Of a longer text it is unlikely that two of its words are one.
MOST_WORDS_TO_JOIN = 4
YEAR = re.compile(r"(?:18[89]|19\d|20\d)\d")


@dataclass(frozen=True)
class Asked:
    """A text, normalised; its last word may be unfinished. `year` is a year that was taken out of it."""

    key: str
    year: int | None = None

    @cached_property
    def plain(self) -> str:
        return plainer(self.key)

    @cached_property
    def words(self) -> list[str]:
        """The words that must be found: articles only where there is nothing else."""
        words = self.key.split()[:MOST_WORDS]
        return [word for word in words if word not in ARTICLES] or words

    @cached_property
    def whole_name(self) -> Pattern:
        own = (WHOLE + self.key.replace(" ", ""))[:LONGEST_TOKEN]
        return AnyOf(tuple(map(Token, dict.fromkeys((whole(self.key), own)))))

    @cached_property
    def finished(self) -> Pattern:
        """Every word, the last as it stands."""
        return AllOf(tuple(map(finished_word, self.words)))

    @cached_property
    def pattern(self) -> Pattern:
        """Every word, the last perhaps unfinished; or a whole name that begins so, wherever its spaces are."""
        readings: list[Pattern] = [all_words(self.words)]
        if len(self.words) <= MOST_WORDS_TO_JOIN:
            readings += [all_words(joined) for joined in _joinings(self.words)]
        names = {whole(self.key), (WHOLE + self.key.replace(" ", ""))[:LONGEST_TOKEN]}
        # Of shorter ones the words' own beginnings tell the same.
        begins = {name for name in names if len(name) > len(WHOLE) + LONGEST_START}
        return any_of(*readings, *(Token(text, is_prefix=True) for text in sorted(begins)))


def understood(text: str) -> list[Asked]:
    """The ways to read the text: as it stands, and where it names a year, as the rest of that year."""
    key = normalise(text[:LONGEST_QUERY])
    if not key:
        return []
    readings = [Asked(key)]
    words = key.split()
    if len(words) > 1:
        for word in words:
            if YEAR.fullmatch(word):
                rest = list(words)
                rest.remove(word)
                readings.append(Asked(" ".join(rest), int(word)))
    return readings


def all_words(words: list[str]) -> Pattern:
    *finished, last = words
    return AllOf((*map(finished_word, finished), unfinished_word(last)))


def finished_word(word: str) -> Pattern:
    """The word, or the same number written otherwise; of a script without spaces, every two letters of it."""
    if RUN.fullmatch(word):
        return _run(word)
    same = DIGITS.get(word)
    return AnyOf((Token(word[:LONGEST_TOKEN]), Token(same))) if same else Token(word[:LONGEST_TOKEN])


def unfinished_word(word: str) -> Pattern:
    if RUN.fullmatch(word):
        return _run(word)
    begins, same = beginning(word), DIGITS.get(word)
    return AnyOf((begins, Token(same))) if same else begins


def beginning(word: str) -> Token:
    if len(word) <= LONGEST_START:
        return Token(START + word)
    return Token(word[:LONGEST_TOKEN], is_prefix=True)


def _run(letters: str) -> Pattern:
    if len(letters) == 1:
        return Token(START + letters)
    return AllOf(tuple(Token(letters[place : place + 2]) for place in range(len(letters) - 1)))


def _joinings(words: list[str]) -> list[list[str]]:
    """The words with two neighbours as one, for each two: what one writes apart, another writes together."""
    return [
        [*words[:place], words[place] + words[place + 1], *words[place + 2 :]]
        for place in range(len(words) - 1)
        if not (RUN.search(words[place]) or words[place + 1].isdigit())
    ]
