"""How what is kept rendered of a film follows its score.

To drop a film's details with each rating would leave those of films that everybody rates never kept. So they lapse:
a minute after the first rating they are of no use, whatever was rated within that minute, and the next reader has them
rendered with all of it.
"""

from collections.abc import Collection
from functools import partial

from django.core.cache import cache
from django.db import transaction

from catalog.caching import movie_tag
from web.dropping import LAPSE_SECONDS, lapse


def rated(movie_id: int) -> None:
    """To be called within the transaction that moves the film's score."""
    transaction.on_commit(partial(_lapse, movie_id))


def rated_all(movie_ids: Collection[int]) -> None:
    transaction.on_commit(lambda: lapse(map(movie_tag, movie_ids)))


def _lapse(movie_id: int) -> None:
    # Once a minute: each lapse begins the minute anew, and where ratings never cease it would never end.
    if cache.add(f"rated:{movie_id}", 1, LAPSE_SECONDS):
        lapse([movie_tag(movie_id)])
