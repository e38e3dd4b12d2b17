"""Finds films and people by what one types.

A text is normalised (`words`), understood (`asking`), looked up among the entries tier by tier (`finding`), spelt anew
where little is found (`spelling`), and what is found is put in order (`ranking`). `index` writes the entries. Only how
the two databases are asked differs, in `catalog.models.tokens`.
"""

from catalog.search.finding import MOST_FOUND, search_movies, search_people, suggest_movies
from catalog.search.words import LONGEST_QUERY, normalise, search_key

__all__ = [
    "LONGEST_QUERY",
    "MOST_FOUND",
    "normalise",
    "search_key",
    "search_movies",
    "search_people",
    "suggest_movies",
]
