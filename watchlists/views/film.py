"""What a member does with a film on its own page: wants it, loves it, has seen it, puts it into a list."""

from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.models import Movie
from reviews.film_doors import Refused, film_door
from watchlists import diary, favorites, list_items, lists, watchlist
from watchlists.forms import ToListForm, ViewingForm
from watchlists.held import lists_of
from watchlists.models import List

WORDS = {"yes": True, "no": False}


def is_wanted(request: HttpRequest) -> bool:
    """Whether the thing should be so from now on. Raises `BadRequest`."""
    try:
        return WORDS[request.POST.get("on", "")]
    except KeyError as fault:
        raise BadRequest("Say yes or no.") from fault


@film_door
def want(request: HttpRequest, movie: Movie) -> str | Promise:
    if is_wanted(request):
        watchlist.add(user=request.user, movie_id=movie.pk)
        return _("It is on your watchlist.")
    watchlist.remove(user=request.user, movie_id=movie.pk)
    return _("It is off your watchlist.")


@film_door
def love(request: HttpRequest, movie: Movie) -> str | Promise:
    if is_wanted(request):
        favorites.add(user=request.user, movie_id=movie.pk)
        return _("It is one of your favorites.")
    favorites.remove(user=request.user, movie_id=movie.pk)
    return _("It is no favorite of yours any more.")


@film_door
def log(request: HttpRequest, movie: Movie) -> str | Promise:
    form = ViewingForm(request.POST, member=request.user)
    if form.is_valid():
        try:
            diary.log(user=request.user, movie_id=movie.pk, **form.told())
        except ValidationError as fault:
            form.blame(fault)
    if not form.is_valid():
        raise Refused(viewing_form=form)
    return _("It is in your diary.")


@film_door
def put_into_list(request: HttpRequest, movie: Movie) -> str | Promise:
    form = ToListForm(request.POST, lists=lists_of(request.user))
    if not form.is_valid():
        raise Refused(list_form=form)
    given = form.cleaned_data
    if given["name"]:
        made = lists.make(owner=request.user, name=given["name"])
    else:
        made = get_object_or_404(List.objects.editable_by(request.user), pk=given["list"])
    try:
        list_items.add(made, movie_id=movie.pk, by=request.user)
    except ValidationError as fault:
        form.add_error(None, fault)
        raise Refused(list_form=form) from fault
    return _("It is in the list “{}”.").format(made.name)


@film_door
def take_out_of_list(request: HttpRequest, movie: Movie) -> str | Promise:
    number = request.POST.get("list", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise BadRequest("Name a list.")
    made = get_object_or_404(List.objects.editable_by(request.user), pk=number)
    list_items.remove(made, movie_id=movie.pk)
    return _("It is not in the list “{}” any more.").format(made.name)
