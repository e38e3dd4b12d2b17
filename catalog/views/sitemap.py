"""What search engines are told."""

from django.contrib.sitemaps import views
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.sitemaps import FilmSitemap, NamedSitemap, kept, numbers

SECONDS = 3600
FILMS = "films-"
XML = "application/xml"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The parts that there are."""
    sections = {f"{FILMS}{number}": NamedSitemap() for number in numbers()}
    return _answer(views.index(request, sections, sitemap_url_name="sitemap_part").render().content)


@require_safe
def part(request: HttpRequest, section: str) -> HttpResponse:
    """One range of films; made once a day for each name of this site."""
    number = next((one for one in numbers() if section == f"{FILMS}{one}"), None)
    if number is None:
        raise Http404
    sections = {section: FilmSitemap(number)}
    key = f"{request.scheme}:{request.get_host()}:{section}"
    return _answer(kept(key, lambda: views.sitemap(request, sections, section).render().content))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may not waste both sides' time on."""
    site = request.build_absolute_uri("/").rstrip("/")
    return render(request, "robots.txt", {"site": site}, content_type="text/plain; charset=utf-8")


def _answer(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type=XML, headers={"Cache-Control": f"public, max-age={SECONDS}"})
