"""Films as pages show them in a row: a poster, a title in the reader's language, and the way to their own page."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from catalog.images import POSTER_SIZES, image_urls
from catalog.rows import rows_of
from catalog.wording import reword
from web.slugs import slug_of

# The placeholders behind posters are of so many colours.
HUES = 6


def cards_of(movies: Sequence[int], language: str) -> list[dict[str, Any]]:
    """Cards of those of the films that are held, in the order given; one query, and one for a language."""
    held = rows_of(movies)
    rows = [held[movie_id] for movie_id in movies if movie_id in held]
    reword(rows, language)
    return [card_of(row) for row in rows]


def card_of(row: dict[str, Any]) -> dict[str, Any]:
    """What `catalog/card.html` shows, from a film's columns by name."""
    movie_id, released_on = row["tmdb_id"], row["released_on"]
    slug = row["slug"] if "slug" in row else slug_of(row["title"])
    return {
        "id": movie_id,
        "title": row["title"] or f"#{movie_id}",
        "url": reverse("movie", args=[movie_id, slug]),
        "poster": image_urls(row["poster_path"], POSTER_SIZES),
        "hue": movie_id % HUES,
        "year": released_on.year if released_on else None,
        "runtime": row.get("runtime"),
    }


def cards(rows: Iterable[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """As `cards_of`, of columns that are read already."""
    found = list(rows)
    reword(found, language)
    return [card_of(row) for row in found]
