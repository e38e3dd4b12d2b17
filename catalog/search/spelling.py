"""Corrects words that no name has, or only names that hardly anyone asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from catalog.models import SearchForm, SearchWord
from catalog.search.words import is_spelt
from catalog.statements import Statement

# Of a long word only its beginning makes forms: what comes after differs little, and rows are saved.
FORMED_OF = 7
SHORT = 4
MOST_CORRECTIONS = 8
MOST_ASKED = 400
# A word of a name as popular as this is what was meant.
WELL_KNOWN = 5.0
# Words that have one of some forms, with their popularity, the most popular first.
NEAR = Statement(
    lambda: (
        SearchWord.objects.filter(kind="")
        .filter(word__in=SearchForm.objects.filter(kind="").filter(form__in_array=[]).values("word"))
        .order_by("-popularity")
        .values_list("word", "popularity")[:MOST_ASKED]
    )
)


@dataclass(frozen=True)
class Correction:
    word: str
    distance: int
    popularity: float


def forms(word: str) -> set[str]:
    """The word's beginning, whole and with each one letter left out."""
    beginning = word[:FORMED_OF]
    return {beginning} | {beginning[:place] + beginning[place + 1 :] for place in range(len(beginning))}


def corrected(kind: str, words: Sequence[str]) -> list[list[str]]:
    """For each word those that it may have been meant to be, the likeliest first; itself where it is well known.

    The last may be unfinished: then it stands for the beginning of what it is corrected to.
    """
    asked = {form: None for word in words if is_spelt(word) for form in forms(word)}
    known = dict(NEAR.rows(kind, kind, list(asked))) if asked else {}
    last = len(words) - 1
    return [_meant(word, known, is_open=place == last) for place, word in enumerate(words)]


def _meant(word: str, known: dict[str, float], *, is_open: bool) -> list[str]:
    if not is_spelt(word) or known.get(word, 0.0) >= WELL_KNOWN:
        return [word]
    limit = 1 if len(word) <= SHORT else 2
    near = [
        Correction(other, distance, popularity)
        for other, popularity in known.items()
        if (distance := _distance(word, other, limit, is_open=is_open)) <= limit
    ]
    near.sort(key=lambda one: (one.distance, -one.popularity))
    return list(dict.fromkeys([word, *(one.word for one in near)]))[: MOST_CORRECTIONS + 1]


def _distance(word: str, other: str, limit: int, *, is_open: bool) -> int:
    """Optimal string alignment distance; of an unfinished word, to the nearest beginning of the other."""
    whole = OSA.distance(word, other, score_cutoff=limit)
    if whole <= 1 or not is_open or len(other) <= len(word):
        return whole
    ends: Iterable[int] = (len(word) - 1, len(word), len(word) + 1)
    # A beginning is a weaker sign than a whole word.
    return min(whole, *(OSA.distance(word, other[:end], score_cutoff=limit) for end in ends))
