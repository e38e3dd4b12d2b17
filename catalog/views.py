"""The pages that anyone may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog.images import POSTER_SIZES, image_urls
from catalog.models import Movie

SHOWN = 18


def home(request: HttpRequest) -> HttpResponse:
    """What this site is, with the films that are popular now."""
    movies = list(Movie.objects.listed().order_by("-popularity", "-pk")[:SHOWN])
    for movie in movies:
        movie.poster = image_urls(movie.poster_path, POSTER_SIZES)
    held = Movie.objects.exclude(synced_at=None).count()
    return render(request, "catalog/home.html", {"movies": movies, "held": held})
