"""Makes rendered bodies unusable by what they depend on: a tag, or the era, on which all of them depend."""

from collections.abc import Iterable

from django.core.cache import cache

from web.caches import ERA
from web.first_level import first_level

# Of one who announces a change, and is killed before it is dropped.
LAPSE_SECONDS = 60


def tag_key(tag: str) -> str:
    return f"tag:{tag}"


def drop(tags: Iterable[str]) -> None:
    """Makes every body that depends on one of the tags unusable, in all processes.

    While Redis is away nothing can be dropped there: all that it held is of no use once it is back.
    """
    first_level.clear()
    cache.delete_many([tag_key(tag) for tag in tags])


def lapse(tags: Iterable[str]) -> None:
    """Lets every body that depends on one of the tags be usable for a minute more, unless it is dropped before."""
    cache.touch_many([tag_key(tag) for tag in tags], LAPSE_SECONDS)


def drop_all() -> None:
    """Makes every body unusable: for those who cannot know what was missed."""
    first_level.clear()
    cache.delete(ERA)
