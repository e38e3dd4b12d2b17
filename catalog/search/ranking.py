"""Puts what was found in order: how near a name is to what was typed, and how many ask for it."""

import math
from collections.abc import Iterable

from rapidfuzz import fuzz

from catalog.search.asking import Asked
from catalog.search.words import PLAINER, SEPARATOR

# What one's rank may gain by being asked for a thousand times more often.
POPULARITY_WEIGHT = 0.08
# Judgements, not measurements; bench/search.py and the table of queries hold them in place.
SAME, SAME_PLAINER, BEGINS, BEGINS_PLAINER, HOLDS, SCATTERED = 1.0, 0.96, 0.78, 0.76, 0.62, 0.5
BY_LENGTH = 0.12
CORRECTED = 0.8
OTHER_NAME = 0.02
WITHOUT_ARTICLE = 0.08
WITHIN_A_YEAR = 0.1
NAMES_COMPARED = 8


def score(asked: Asked, names: str, popularity: float, year: int | None, *, is_corrected: bool) -> float:
    """The higher the better. `names` as an entry holds them, `year` the film's."""
    near = _nearness(asked, names)
    if is_corrected and near < SAME_PLAINER:
        near = max(near, CORRECTED * _likeness(asked, names))
    if asked.year is not None and year is not None:
        near += 2 * WITHIN_A_YEAR if year == asked.year else WITHIN_A_YEAR
    return near + POPULARITY_WEIGHT * math.log1p(max(popularity, 0.0))


def _nearness(asked: Asked, names: str) -> float:
    for text, same, begins in ((asked.key, SAME, BEGINS), (asked.plain, SAME_PLAINER, BEGINS_PLAINER)):
        found = _in(names, text, same, begins)
        if found is None and " " in names:
            found = _in(names.replace(" ", ""), text.replace(" ", ""), same - OTHER_NAME, begins - OTHER_NAME)
        if found is not None:
            return found
    if f" {asked.key}" in names:
        return HOLDS
    return SCATTERED


def _in(names: str, text: str, same: float, begins: float) -> float | None:
    if f"{SEPARATOR}{text}{SEPARATOR}" in names:
        return same
    if f"{PLAINER}{text}{SEPARATOR}" in names:
        return same - WITHOUT_ARTICLE
    place = names.find(SEPARATOR + text)
    if place < 0:
        place = names.find(PLAINER + text)
    if place < 0:
        return None
    end = names.find(SEPARATOR, place + 1)
    share = len(text) / max(end - place - 1, 1)
    is_a_word = names[place + 1 + len(text)] == " "
    return begins + BY_LENGTH * share + (OTHER_NAME if is_a_word else 0.0)


def _likeness(asked: Asked, names: str) -> float:
    """How like the text is to the nearest of the names, or to the beginning of one; 0 to 1."""
    compared = [name.lstrip(PLAINER) for name in names.split(SEPARATOR) if name][:NAMES_COMPARED]
    length = len(asked.plain) + 1
    return max((_alike(asked.plain, name, length) for name in compared), default=0.0)


def _alike(text: str, name: str, length: int) -> float:
    entire = fuzz.ratio(text, name) / 100
    return max(entire, 0.95 * fuzz.ratio(text, name[:length]) / 100)


def best_first(scored: Iterable[tuple[int, float]]) -> list[int]:
    return [key for key, _ in sorted(scored, key=lambda one: (-one[1], -one[0]))]
