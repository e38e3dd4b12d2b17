"""People with the films they made, and films that belong together."""

from itertools import groupby
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalog.cards import cards
from catalog.details import REFERENCE_COLUMNS, with_filmography
from catalog.images import PROFILE_SIZES, image_urls
from catalog.models import Collection, Credit, Person
from catalog.readers import page_language
from catalog.rows import ROW_COLUMNS
from catalog.views.paging import page_of
from web.slugs import led_to, slug_of

SHOWN = 60


@require_safe
def person(request: HttpRequest, person_id: int, slug: str) -> HttpResponse:
    """The person, and their films, the newest first; what they did in each stands beside it."""
    found = get_object_or_404(with_filmography(Person.objects.all()), pk=person_id)
    elsewhere = led_to(request, found.get_absolute_url())
    if elsewhere:
        return elsewhere
    films = [list(parts) for _, parts in groupby(found.listed_credits, key=lambda part: part.movie_id)]
    page = page_of(films, request, SHOWN)
    known = {
        "person": found,
        "profile": image_urls(found.profile_path, PROFILE_SIZES),
        "page": page,
        "movies": _cards(page.object_list, page_language(request)),
        "canonical": request.build_absolute_uri(found.get_absolute_url()),
    }
    return render(request, "catalog/person.html", known)


@require_safe
def collection(request: HttpRequest, collection_id: int, slug: str) -> HttpResponse:
    """Films that belong together, in the order of their release."""
    found = get_object_or_404(Collection, pk=collection_id)
    elsewhere = led_to(request, found.get_absolute_url())
    if elsewhere:
        return elsewhere
    films = found.movies.listed().order_by(F("released_on").asc(nulls_last=True), "pk").values(*ROW_COLUMNS)
    known = {
        "collection": found,
        "movies": cards(films, page_language(request)),
        "canonical": request.build_absolute_uri(found.get_absolute_url()),
    }
    return render(request, "catalog/collection.html", known)


def billed(credits: list[dict[str, Any]], part: str) -> list[dict[str, Any]]:
    """The people of a film's credits, each once, with all their parts and the way to their own page."""
    people: dict[int, dict[str, Any]] = {}
    for credit in credits:
        url = reverse("person", args=[credit["id"], slug_of(credit["name"])])
        one = people.setdefault(credit["id"], credit | {"url": url, "parts": []})
        if credit[part]:
            one["parts"].append(credit[part])
    return list(people.values())


def _cards(films: list[list[Credit]], language: str) -> list[dict[str, Any]]:
    columns = [
        {"tmdb_id": parts[0].movie_id} | {name: getattr(parts[0].movie, name) for name in REFERENCE_COLUMNS}
        for parts in films
    ]
    told = [list(dict.fromkeys(filter(None, (part.character or part.job for part in parts)))) for parts in films]
    return [card | {"parts": some} for card, some in zip(cards(columns, language), told, strict=True)]
