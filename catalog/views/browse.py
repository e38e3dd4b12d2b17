"""Browsing the films by whatever they can be narrowed by."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.cards import cards_of
from catalog.filter_fields import GRANTED, MOST_IDS
from catalog.filters import MovieFilter
from catalog.forms import BY_LINK, BrowseForm, is_id
from catalog.models import Collection, Keyword, Movie, Person
from catalog.my_services import WISH, with_services_named
from catalog.readers import page_language, page_region, remember_region
from catalog.views.paging import page_of
from web.bounded import BoundedKeys

SHOWN = 24
NAMED_BY_LINK: dict[str, type[Model]] = {"keyword": Keyword, "person": Person, "collection": Collection}


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """The films, the most popular first unless the form says else. A field that cannot be understood is a 400."""
    region = page_region(request)
    form = BrowseForm(request.GET, region=region, is_member=request.user.is_authenticated)
    found = MovieFilter(asked_of(form, request), Movie.objects.listed().order_by("-popularity", "-pk"), request=request)
    known: dict[str, Any] = {"form": form, "chips": chips(request.GET), "kept": kept(request.GET)}
    if not found.is_valid():
        form.blame(found.errors)
    if form.is_valid():
        page = page_of(BoundedKeys(found.qs), request, SHOWN)
        known |= {"page": page, "movies": cards_of(page.object_list, page_language(request))}
    else:
        known["faults"] = form.non_field_errors()
    known["canonical"] = request.build_absolute_uri(request.path)
    response = render(request, "catalog/browse.html", known, status=200 if form.is_valid() else 400)
    return remember_region(request, response, region)


def asked_of(form: BrowseForm, request: HttpRequest) -> QueryDict:
    """What the filters are asked, with the member's services in place of the wish for them, where there are any."""
    query = form.asked()
    is_wished = query.get(WISH) == GRANTED
    return (with_services_named(query, request.user) if is_wished else None) or query


def kept(query: QueryDict) -> list[tuple[str, str]]:
    """What came by a link and is no field: sent along when the form is."""
    return [(name, query[name]) for name in BY_LINK if query.get(name)]


def chips(query: QueryDict) -> list[dict[str, str]]:
    """The same by its names, each with the address without it. One query for each kind that is asked for."""
    found = []
    for name, value in kept(query):
        rest = query.copy()
        for left_out in (name, "page"):
            rest.pop(left_out, None)
        ids = [text for text in value.split(",")[:MOST_IDS] if is_id(text)]
        names = NAMED_BY_LINK[name].objects.filter(pk__in=ids) if name in NAMED_BY_LINK else []
        told = ", ".join(map(str, names)) or value
        found.append({"name": told, "without": f"?{rest.urlencode()}"})
    return found
