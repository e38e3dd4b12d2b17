"""The pages that anyone may see."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog.images import POSTER_SIZES, image_urls
from catalog.models import Movie

SHOWN = 18
COUNTED_FOR = 300


def home(request: HttpRequest) -> HttpResponse:
    """What this site is, with the films that are popular now."""
    movies = list(Movie.objects.listed().order_by("-popularity", "-pk")[:SHOWN])
    for movie in movies:
        movie.poster = image_urls(movie.poster_path, POSTER_SIZES)
    held = cache.get_or_set("home:held", Movie.objects.exclude(synced_at=None).count, COUNTED_FOR)
    return render(request, "catalog/home.html", {"movies": movies, "held": held})
