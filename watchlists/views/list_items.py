"""What is in a list, as who may change it changes it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.carded import with_cards
from watchlists import list_items
from watchlists.films import current_id
from watchlists.list_forms import NoteForm
from watchlists.list_pages import changeable_list
from watchlists.models import ListItem
from watchlists.steps import step
from watchlists.views.doors import own_door
from web.going_back import go_back


@own_door
@require_POST
def add(request: HttpRequest, list_id: int, movie_id: int) -> HttpResponse:
    made = changeable_list(request, list_id)
    try:
        is_new = list_items.add(made, movie_id=movie_id, by=request.user)[1]
        messages.success(request, _("It is in the list.") if is_new else _("It was in the list already."))
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    return go_back(request, made.get_absolute_url())


@own_door
@require_POST
def move(request: HttpRequest, list_id: int, movie_id: int) -> HttpResponse:
    made = changeable_list(request, list_id)
    rows = ListItem.objects.filter(list=made)
    item = get_object_or_404(rows, movie=current_id(movie_id))
    try:
        list_items.change(made, movie_id=movie_id, position=step(rows, item, request.POST.get("to", "")))
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    return go_back(request, made.get_absolute_url())


@own_door
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, list_id: int, movie_id: int) -> HttpResponse:
    made = changeable_list(request, list_id)
    item = get_object_or_404(ListItem, list=made, movie=current_id(movie_id))
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"note": item.note})
    if request.method == "POST" and form.is_valid():
        list_items.change(made, movie_id=movie_id, note=form.cleaned_data["note"])
        return go_back(request, made.get_absolute_url())
    (item,) = with_cards([item], request)
    known = {"form": form, "title": item.card["title"], "next": request.GET.get("next") or request.POST.get("next", "")}
    known["leave"] = made.get_absolute_url()
    return render(request, "watchlists/form.html", known, status=400 if form.errors else 200)


@own_door
@require_POST
def remove(request: HttpRequest, list_id: int, movie_id: int) -> HttpResponse:
    made = changeable_list(request, list_id)
    list_items.remove(made, movie_id=movie_id)
    messages.success(request, _("It is in the list no more."))
    return go_back(request, made.get_absolute_url())
