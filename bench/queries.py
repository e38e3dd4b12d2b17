"""What people type into a search, made from titles, always the same: whole titles, beginnings, words, slips."""

import random
from collections.abc import Sequence
from typing import NamedTuple

from bench.titles import Title
from catalog.search.words import normalise

POPULAR = 2_000
LONGEST_TYPED = 20
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# A word that is shorter is not corrected: too many others are as near.
SHORTEST_MISSPELT = 4
KINDS = ("exact", "prefix", "words", "typo")


class Query(NamedTuple):
    """What is typed, and the film that is meant."""

    text: str
    kind: str
    meant: Title


def queries(films: Sequence[Title], count: int, kind: str, seed: str = "") -> list[Query]:
    """As many of the kind as asked, about films of a title that can be typed so."""
    draw = random.Random(f"{kind}{seed}")
    made: list[Query] = []
    while len(made) < count:
        film = draw.choice(films)
        text = typed(film.title, kind, draw)
        if text:
            made.append(Query(text, kind, film))
    return made


def typed(title: str, kind: str, draw: random.Random) -> str:
    """What one types for the title; nothing where it has too few letters for that."""
    if kind == "exact":
        return title
    if kind == "prefix":
        end = max(5, round(len(title) * draw.uniform(0.6, 0.9)))
        return title[:end].strip() if end < len(title) else ""
    if kind == "words":
        words = title.split()
        kept = draw.sample(words, len(words) - 1) if len(words) > 2 else []
        return " ".join(kept) if any(len(word) >= SHORTEST_MISSPELT for word in kept) else ""
    return misspelt(title, draw)


def misspelt(title: str, draw: random.Random) -> str:
    """One slip within one of the longer words: a letter left out, doubled up, taken for another, or two exchanged."""
    words = normalise(title).split()
    places = [place for place, word in enumerate(words) if len(word) >= SHORTEST_MISSPELT and word.isascii()]
    places = [place for place in places if words[place].isalpha()]
    if not places:
        return ""
    place = draw.choice(places)
    words[place] = slip(words[place], draw)
    return " ".join(words)


def slip(word: str, draw: random.Random) -> str:
    at = draw.randrange(len(word))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    other = draw.choice(LETTERS.replace(letter, ""))
    kind = draw.randrange(4)
    if kind == 0:
        return before + after
    if kind == 1:
        return before + other + letter + after
    if kind == 2 and after and after[0] != letter:
        return before + after[0] + letter + after[1:]
    return before + other + after


def keystrokes(films: Sequence[Title], count: int) -> list[str]:
    """Every beginning, up to 20 characters, of so many titles."""
    draw = random.Random("keystrokes")
    chosen = draw.sample(films, count)
    return [
        film.title[:end]
        for film in chosen
        for end in range(1, min(LONGEST_TYPED, len(film.title)) + 1)
        if film.title[:end].strip()
    ]


def mixed(films: Sequence[Title], count: int, seed: str = "") -> list[str]:
    """Texts of every kind in turn, half of them about popular films; `films` are in the order of their popularity."""
    each = count // len(KINDS) // 2
    found = [
        query.text for kind in KINDS for shelf in (films[:POPULAR], films) for query in queries(shelf, each, kind, seed)
    ]
    random.Random(f"mixed{seed}").shuffle(found)
    return found
