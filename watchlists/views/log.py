"""Writing a viewing into one's diary: first the film, found by its name, then the day and the rest."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.cards import cards_of
from catalog.readers import page_language
from watchlists import diary
from watchlists.films import current_id, held
from watchlists.finding import found_films
from watchlists.forms import ViewingForm
from watchlists.views.doors import own_door
from watchlists.written import taken
from web.going_back import go_back


@own_door
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The films that what is typed may mean."""
    return render(request, "watchlists/choose.html", {"finding": found_films(request)})


@own_door
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest, movie_id: int) -> HttpResponse:
    form = ViewingForm(request.POST if request.method == "POST" else None, member=request.user)
    film = _film(request, movie_id)
    write = partial(diary.log, user=request.user, movie_id=film["id"])
    if request.method == "POST" and taken(form, write):
        messages.success(request, _("It is in your diary."))
        return go_back(request, reverse("member_diary", args=[request.user.username]))
    known = {"form": form, "film": film, "next": request.POST.get("next", "")}
    return render(request, "watchlists/log_page.html", known, status=400 if form.errors else 200)


def _film(request: HttpRequest, movie_id: int) -> dict:
    """Its card; only a POST fetches one that is not held yet."""
    movie_id = held(movie_id).pk if request.method == "POST" else current_id(movie_id)
    cards = cards_of([movie_id], page_language(request))
    if not cards:
        raise Http404
    return cards[0]
