"""Addresses that say what they lead to: `/movies/603-the-matrix`. The number finds it, the words are for people."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import URLPattern, path, register_converter
from django.utils.text import slugify

LONGEST_SLUG = 80


def slug_of(text: str) -> str:
    """The words of a title for an address; empty where it has no letter that ASCII knows."""
    return slugify(text)[:LONGEST_SLUG].strip("-")


class Number:
    """An id as it is written in one way only: no sign, no zero before it, not much more than a column holds."""

    regex = "[1-9][0-9]{0,9}"

    @staticmethod
    def to_python(value: str) -> int:
        return int(value)

    @staticmethod
    def to_url(value: int) -> str:
        return str(value)


class Tail:
    """A slug with the hyphen before it, or nothing; what was mistyped is found too, and led to the right one."""

    regex = "(?:-[^/]{0,300})?"

    @staticmethod
    def to_python(value: str) -> str:
        return value[1:]

    @staticmethod
    def to_url(value: str) -> str:
        return value and f"-{value}"


register_converter(Number, "number")
register_converter(Tail, "tail")


def numbered(folder: str, number: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    """The addresses of things with a number (its keyword is `number`); `name` is reversed with a slug and without."""
    return [
        path(f"{folder}/<number:{number}><tail:slug>", view, name=name),
        path(f"{folder}/<number:{number}>", view, {"slug": ""}, name=name),
    ]


def numbered_under(
    folder: str, number: str, what: str, view: Callable[..., HttpResponse], name: str
) -> list[URLPattern]:
    """The addresses of a part of such a thing, as in `/movies/603-the-matrix/reviews`."""
    return [
        path(f"{folder}/<number:{number}><tail:slug>/{what}", view, name=name),
        path(f"{folder}/<number:{number}>/{what}", view, {"slug": ""}, name=name),
    ]


def led_to(request: HttpRequest, address: str) -> HttpResponsePermanentRedirect | None:
    """A redirect to where the thing has its page, with the same query; None where the request is there already."""
    if request.path == address:
        return None
    query: Any = request.META.get("QUERY_STRING")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
