"""One film's page: what is known of it, who made it, where it is to be seen, and what is like it."""

from functools import partial
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.cards import HUES, cards_of
from catalog.details import detailed
from catalog.held import held
from catalog.models import Movie, ReleaseDate
from catalog.places import country_name, covered, language_name
from catalog.readers import page_language, page_region, remember_region
from catalog.serializers.details import MovieSerializer
from catalog.similar import similar_ids
from catalog.tmdb.errors import TMDBNotFound, TMDBUnavailable
from catalog.views.people import billed
from web.errors import answer
from web.slugs import led_to

SIMILAR, SIMILAR_SECONDS = 12, 86_400
DESCRIPTION = 200
WAYS = ("flatrate", "free", "ads", "rent", "buy")


@require_safe
def movie(request: HttpRequest, movie_id: int, slug: str) -> HttpResponse:
    """The film at its own address, to which its number alone and any other words lead.

    One that is not held yet is fetched first. Of one that TMDB does not give now, what is known is shown.
    """
    region = page_region(request)
    try:
        film, is_whole = held(detailed(Movie.objects.select_related("merged_into"), region), movie_id)
    except (TMDBNotFound, Movie.DoesNotExist) as fault:
        raise Http404 from fault
    except TMDBUnavailable:
        return answer(request, 503, _("This film is not held here yet, and TMDB does not answer. Try again shortly."))
    elsewhere = led_to(request, film.get_absolute_url())
    if elsewhere:
        return elsewhere
    page = render(request, "catalog/movie.html", known(request, film, region) | {"is_whole": is_whole})
    return remember_region(request, page, region)


def shown(request: HttpRequest, movie_id: int, more: dict[str, Any], status: int) -> HttpResponse:
    """The page of a film that is held, with `more` on it: what the floors above could not take as it was sent."""
    region = page_region(request)
    film = get_object_or_404(detailed(Movie.objects.select_related("merged_into"), region), pk=movie_id)
    page = known(request, film, region) | {"is_whole": not film.is_partial} | more
    return render(request, "catalog/movie.html", page, status=status)


def known(request: HttpRequest, film: Movie, region: str) -> dict[str, Any]:
    """What the page shows of the film, in the reader's language."""
    language, english = page_language(request), film.overview
    told = MovieSerializer(film, context={"language": language, "region": region}).data
    told["title"] = told["title"] or f"#{film.pk}"
    similar = cache.get_or_set(f"similar:{film.pk}", partial(similar_ids, film), SIMILAR_SECONDS)
    return told_of(told) | {
        "film": film,
        "movie": told,
        "canonical": request.build_absolute_uri(film.get_absolute_url()),
        "description": Truncator(told["overview"]).chars(DESCRIPTION),
        "overview_language": language if told["overview"] != english else "",
        "region": region,
        "region_name": country_name(region),
        "regions": covered(region),
        "releases": ReleaseDate.objects.filter(movie=film, region=region).order_by("released_on", "kind", "note"),
        "similar": cards_of(similar[:SIMILAR], language),
    }


def told_of(told: dict[str, Any]) -> dict[str, Any]:
    """What a page has in another form than the API. Of the links, others' words, those of the web lead out."""
    streaming = told["streaming"]
    return {
        "hue": told["id"] % HUES,
        "countries": [country_name(code) for code in told["countries"]],
        "languages": [language_name(code) for code in told["spoken_languages"]],
        "original_language": language_name(told["original_language"]),
        "homepage": outward(told["homepage"]),
        "watch_page": outward(streaming["link"]),
        "ways": [(way, streaming[way]) for way in WAYS if streaming[way]],
        "trailer": next((one for one in told["trailers"] if one["url"]), None),
        "cast": billed(told["cast"], "character"),
        "crew": billed(told["crew"], "job"),
        "directors": billed([one for one in told["crew"] if one["job"] == "Director"], "job"),
    }


def outward(link: str | None) -> str:
    return link if link and link.startswith(("https://", "http://")) else ""
