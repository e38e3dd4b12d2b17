"""What a typed text finds: here, and where that is nothing, at TMDB."""

from typing import NamedTuple

from django.db.models import QuerySet

from catalog.models import Movie
from catalog.search import search_movies
from catalog.sync.elsewhere import search_elsewhere


class Found(NamedTuple):
    """Ids of listed films, the likeliest first; `is_final` unless TMDB ought to have been asked, and is away."""

    ids: list[int]
    is_final: bool = True


def look_up(text: str, within: QuerySet[Movie] | None = None) -> Found:
    """Finds films by what one types; among those `within`, and then nowhere else, where it is given."""
    found = search_movies(text, within=within)
    if found or within is not None:
        return Found(found)
    elsewhere = search_elsewhere(text)
    # Its own answer is in TMDB's order, and not always of listed films.
    return Found(search_movies(text) if elsewhere else [], elsewhere is not None)
