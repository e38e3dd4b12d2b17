"""Titles for the bench, always the same: as many as asked, of words as common and as rare as in real ones.

The starter's real films come first and are the most popular; the rest is made of their words and of 150,000 made up of
syllables, drawn by Zipf's law, with popularity after Pareto's, as TMDB's is.
"""

import random
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from catalog.search.words import normalise
from catalog.starter.catalogue import read_catalogue

FIRST_ID = 10_000_001
WORDS = 150_000
ONSETS = [
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "z",
    "br",
    "ch",
    "cr",
    "dr",
    "fl",
    "gr",
    "kr",
    "pl",
    "pr",
    "sh",
    "sk",
    "st",
    "th",
    "tr",
]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ee", "ia", "io", "oa", "ou"]
CODAS = ("", "", "", "n", "r", "s", "l", "t", "m", "nd", "rt", "st", "ck", "x")
LENGTHS, LENGTH_WEIGHTS = (1, 2, 3, 4, 5, 6, 8), (18, 30, 24, 14, 8, 4, 2)
LANGUAGES = ("en", "fr", "es", "ja", "de", "it", "hi", "ko", "zh", "pt", "ru", "sv", "da", "xx")
LANGUAGE_WEIGHTS = (48, 9, 8, 7, 5, 5, 5, 4, 4, 3, 2, 0.5, 0.4, 0.05)
SCRIPTS = {"ja": (0x3042, 80), "zh": (0x4E00, 900), "ko": (0xAC00, 600), "ru": (0x0430, 32), "hi": (0x0905, 48)}
ENDINGS = ("", "", "", "", "", "", "", "", " 2", " II", " 3", " Part II")


class Title(NamedTuple):
    id: int
    title: str
    original_title: str
    language: str
    popularity: float
    year: int | None


def titles(count: int) -> Iterator[Title]:
    """The real films, then made ones, `count` in all."""
    real = sorted(read_catalogue().films.values(), key=lambda film: -film["popularity"])[:count]
    for place, film in enumerate(real):
        year = int(film["release_date"][:4]) if film["release_date"] else None
        named = film["title"], film["original_title"], film["original_language"]
        yield Title(FIRST_ID + place, *named, round(600 / (place + 3) ** 0.6, 4), year)
    draw = random.Random(1895)
    words, weights = _words(draw, [film["title"] for film in real])
    for number in range(len(real), count):
        yield _made(draw, FIRST_ID + number, words, weights)


def _words(draw: random.Random, real: list[str]) -> tuple[list[str], list[float]]:
    """Words with their cumulative weights: real ones among the made, in no order."""
    known = dict.fromkeys(word for title in real for word in normalise(title).split() if word.isalpha())
    made = ["".join(_syllable(draw) for _ in range(draw.choice((1, 2, 2, 3, 3, 4)))) for _ in range(WORDS)]
    words = list(dict.fromkeys([*known, *made]))
    draw.shuffle(words)
    return words, list(accumulate(1 / (rank + 12) for rank in range(len(words))))


def _syllable(draw: random.Random) -> str:
    return draw.choice(ONSETS) + draw.choice(VOWELS) + draw.choice(CODAS)


def _made(draw: random.Random, number: int, words: list[str], weights: list[float]) -> Title:
    length = draw.choices(LENGTHS, LENGTH_WEIGHTS)[0]
    title = " ".join(draw.choices(words, cum_weights=weights, k=length)).title()
    if draw.random() < 0.25:
        title = "The " + title
    if length > 3 and draw.random() < 0.3:
        title = title.replace(" ", ": ", 1)
    title += draw.choice(ENDINGS)
    language = draw.choices(LANGUAGES, LANGUAGE_WEIGHTS)[0]
    original = _foreign(draw, language) if language in SCRIPTS else title
    popularity = round(min(draw.paretovariate(1.3) * 0.4, 40.0), 4)
    return Title(number, title, original, language, popularity, min(2026, int(2026 - draw.expovariate(0.05))))


def _foreign(draw: random.Random, language: str) -> str:
    first, letters = SCRIPTS[language]
    made = "".join(chr(first + int(letters * draw.random() ** 2)) for _ in range(draw.randint(2, 9)))
    return made if language in {"ja", "zh"} or len(made) < 5 else f"{made[:3]} {made[3:]}"
