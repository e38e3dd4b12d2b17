"""Search, as a plain form; and what is suggested while somebody types into it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.cards import cards_of
from catalog.forms import SearchForm
from catalog.images import PROFILE_SIZES, image_urls
from catalog.looking_up import look_up
from catalog.models import Person
from catalog.readers import page_language
from catalog.search import search_people, suggest_movies
from catalog.views.paging import page_of

SHOWN, PEOPLE, SUGGESTED = 24, 12, 8


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Films, and people, by what is typed, the likeliest first; slips of the finger are understood."""
    form = SearchForm(request.GET)
    is_valid = form.is_valid()
    known: dict[str, Any] = {"form": form, "asked": form.cleaned_data.get("q", "")}
    if known["asked"]:
        found = look_up(known["asked"])
        page = page_of(found.ids, request, SHOWN)
        known |= {"page": page, "movies": cards_of(page.object_list, page_language(request)), "found": found}
        known["people"] = people_of(search_people(known["asked"], limit=PEOPLE)) if page.number == 1 else []
    return render(request, "catalog/search.html", known, status=200 if is_valid else 400)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """A fragment of a page: a few films one of whose titles begins with what has been typed. Nothing is no fault."""
    form = SearchForm(request.GET)
    asked = form.cleaned_data["q"] if form.is_valid() else ""
    movies = cards_of(suggest_movies(asked, limit=SUGGESTED), page_language(request)) if asked else []
    return render(request, "catalog/suggestions.html", {"asked": asked, "movies": movies})


def people_of(ids: list[int]) -> list[dict[str, Any]]:
    """The people in the order of their ids, each with a picture."""
    held = Person.objects.in_bulk(ids)
    found = [held[one] for one in ids if one in held]
    return [{"person": person, "profile": image_urls(person.profile_path, PROFILE_SIZES)} for person in found]
