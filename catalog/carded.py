"""Rows about films, each with its film as pages show it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from catalog.cards import cards_of
from catalog.readers import page_language


def with_cards(rows: Iterable[Any], request: HttpRequest) -> list[Any]:
    """The rows, which have a `movie_id`, with a `card` (see `catalog.cards`); one query, and one for a language."""
    found = list(rows)
    cards = {card["id"]: card for card in cards_of([row.movie_id for row in found], page_language(request))}
    for row in found:
        row.card = cards[row.movie_id]
    return found
