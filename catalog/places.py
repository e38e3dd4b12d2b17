"""Countries and languages by their names, as pages have them."""

from functools import lru_cache
from typing import NamedTuple

from django.conf.locale import LANG_INFO
from django.core.cache import cache
from django.utils.translation import get_language, get_language_info

from catalog.languages import CODES
from catalog.models import Region

KEPT_FOR = 3600
SPOKEN = sorted(CODES & LANG_INFO.keys())


class Place(NamedTuple):
    """A country; `is_covered` where services are known there."""

    code: str
    name: str
    is_covered: bool


def places() -> list[Place]:
    """All that TMDB tells of, by name; kept for an hour, since each page of a film names them."""
    return cache.get_or_set("places", _read, KEPT_FOR)


def covered(region: str) -> list[tuple[str, str]]:
    """The regions that one may choose from, as code and name; `region` is among them, whatever it is."""
    found = [(place.code, place.name) for place in places() if place.is_covered or place.code == region]
    return found if any(code == region for code, _ in found) else [(region, region), *found]


def country_name(code: str) -> str:
    return next((place.name for place in places() if place.code == code), code)


def language_name(code: str) -> str:
    """In the language of the page; the code itself where no name is known."""
    return get_language_info(code)["name_translated"].capitalize() if code in LANG_INFO else code


def spoken_languages() -> list[tuple[str, str]]:
    """Code and name of those that have a name in the language of the page, by name."""
    return _spoken(get_language())


@lru_cache(len(LANG_INFO))
def _spoken(page_language: str | None) -> list[tuple[str, str]]:
    return sorted(((code, language_name(code)) for code in SPOKEN), key=lambda pair: pair[1])


def _read() -> list[Place]:
    return [Place(*row) for row in Region.objects.order_by("name", "pk").values_list("code", "name", "has_streaming")]
