"""Atom feeds of what is public: the same for everybody, so that anyone may keep them for a while."""

import re
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed

KEPT_FOR = 600
# What XML has no way to write: a feed with one of these could not be read at all.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    return UNWRITABLE.sub("", text)


class WritableAtom(Atom1Feed):
    """Whatever members and TMDB wrote, it can be read."""

    def __init__(self, title: str, link: str, description: str, **more: Any) -> None:
        super().__init__(writable(title), link, writable(description or ""), **_written(more))

    def add_item(self, title: str, link: str, description: str, **more: Any) -> None:
        super().add_item(writable(title), link, writable(description or ""), **_written(more))


class PublicFeed(Feed):
    feed_type = WritableAtom

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=KEPT_FOR)
        return response


def _written(more: dict[str, Any]) -> dict[str, Any]:
    return {name: writable(value) if isinstance(value, str) else value for name, value in more.items()}
