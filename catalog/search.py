"""Finds films and people by name: whole names first, then names that begin so, then names that hold every word.

Plain rows serve both databases alike: `search_key` is written by the sync in the form that `normalise` gives.
"""

import re
import unicodedata

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When

FOLDED = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"})
# The accents of Latin, Greek and Cyrillic letters. Other scripts' marks are vowels and the like, and stay.
ACCENTS = re.compile("[\u0300-\u036f'\u2019]+")
WORD_CATEGORIES = ("L", "M", "N")
# Between a title and the next in a search key. No normalised text holds it, so a match never spans two titles.
SEPARATOR = "|"
LONGEST_QUERY = 200
MOST_WORDS = 12


def normalise(text: str) -> str:
    """The text without capitals, accents and punctuation, its words apart by one space: `Amélie!` gives `amelie`."""
    folded = ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()).translate(FOLDED))
    composed = unicodedata.normalize("NFKC", folded)
    spaced = (
        character if unicodedata.category(character).startswith(WORD_CATEGORIES) else " " for character in composed
    )
    return " ".join("".join(spaced).split())


def search_key(*names: str) -> str:
    """What is stored to be searched: each different name, normalised, between separators (`|heat|`)."""
    keys = dict.fromkeys(filter(None, map(normalise, names)))
    return f"{SEPARATOR}{SEPARATOR.join(keys)}{SEPARATOR}" if keys else ""


def matching(rows: QuerySet, text: str) -> QuerySet:
    """Those of `rows` (of a model with `search_key` and `popularity`) that the text finds, the best match first."""
    key = normalise(text[:LONGEST_QUERY])
    words = key.split()[:MOST_WORDS]
    if not words:
        return rows.none()
    holds_every_word = Q(*[Q(search_key__contains=word) for word in words])
    return rows.filter(holds_every_word).order_by(_closeness(key), "-popularity", "-pk")


def suggested(rows: QuerySet[Model], text: str) -> QuerySet:
    """As `matching`, for what is still being typed: a name that begins so, or one of whose words does."""
    key = normalise(text[:LONGEST_QUERY])
    if not key:
        return rows.none()
    begins = Q(search_key__contains=SEPARATOR + key) | Q(search_key__contains=" " + key)
    return rows.filter(begins).order_by(_closeness(key), "-popularity", "-pk")


def _closeness(key: str) -> Case:
    """0 for the whole name, 1 for its beginning, 2 for the rest."""
    return Case(
        When(search_key__contains=f"{SEPARATOR}{key}{SEPARATOR}", then=Value(0)),
        When(search_key__contains=f"{SEPARATOR}{key}", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
