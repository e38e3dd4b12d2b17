"""Which films search engines are told of: all that are held in full, in parts of so many ids.

A part is a range of ids, not a page: none is looked for by counting what comes before it, and a film stays in its part.
"""

import zlib
from collections.abc import Callable
from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.core.cache import cache
from django.db.models import F

from catalog.models import Movie

IDS = 10_000
KEPT_FOR = 86_400


class FilmSitemap(Sitemap):
    """The films of one range of ids."""

    protocol = None
    changefreq = "weekly"

    def __init__(self, number: int) -> None:
        self.first = number * IDS

    def items(self) -> list[Movie]:
        there = Movie.objects.detailed().filter(pk__gte=self.first, pk__lt=self.first + IDS)
        return list(there.only("title", "synced_at").order_by("pk"))

    def lastmod(self, movie: Movie) -> datetime:
        return movie.synced_at


class NamedSitemap(Sitemap):
    """A part as the index names it: none of its films is looked at, so the day of the last change is not told."""

    def items(self) -> list[Movie]:
        return []


def numbers() -> list[int]:
    """The parts that have a film. The index of detailed films by id is read once a day for it."""
    return cache.get_or_set("sitemap:parts", _numbers, KEPT_FOR)


def kept(key: str, make: Callable[[], bytes]) -> bytes:
    """A part as it was made in the last day; a tenth of its size in the cache."""
    return zlib.decompress(cache.get_or_set(f"sitemap:{key}", lambda: zlib.compress(make()), KEPT_FOR))


def _numbers() -> list[int]:
    parts = Movie.objects.detailed().order_by().values_list(F("pk") / IDS, flat=True).distinct()
    return sorted(parts)
