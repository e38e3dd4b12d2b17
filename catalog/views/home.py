from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.cards import cards
from catalog.models import Movie
from catalog.readers import page_language
from catalog.rows import ROW_COLUMNS

SHOWN = 18
COUNTED_FOR = 300


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this site is, with the films that are popular now."""
    popular = Movie.objects.listed().order_by("-popularity", "-pk").values(*ROW_COLUMNS)[:SHOWN]
    held = cache.get_or_set("home:held", Movie.objects.exclude(synced_at=None).count, COUNTED_FOR)
    known = {
        "movies": cards(popular, page_language(request)),
        "held": held,
        "canonical": request.build_absolute_uri("/"),
    }
    return render(request, "catalog/home.html", known)
