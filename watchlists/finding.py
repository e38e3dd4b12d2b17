"""A film chosen by its name, on pages that put one somewhere."""

from typing import Any, NamedTuple

from django.http import HttpRequest

from catalog.cards import cards_of
from catalog.forms import SearchForm
from catalog.looking_up import look_up
from catalog.readers import page_language

SHOWN = 12


class Finding(NamedTuple):
    """What was asked for, the films that it may mean, and whether all were asked who know of films."""

    asked: str
    films: list[dict[str, Any]]
    is_final: bool
    faults: list[str]


def found_films(request: HttpRequest) -> Finding:
    """By `?q=`, the likeliest first."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return Finding("", [], True, form.errors.get("q", []))
    asked = form.cleaned_data["q"]
    found = look_up(asked) if asked else None
    films = cards_of(found.ids[:SHOWN], page_language(request)) if found else []
    return Finding(asked, films, found.is_final if found else True, [])
