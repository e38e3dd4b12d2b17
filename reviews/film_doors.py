"""Doors of a film's page: each takes one POST of a member, and shows what has come of it.

Without a script that is the page once more, by way of a redirect; with one, the member's own part of it alone.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts.suspension import told
from catalog.models import Movie
from catalog.views.movie import shown
from reviews.faults import Decided, Suspended

# What it has done, in words.
Deed = Callable[[HttpRequest, Movie], str | Promise]


class Refused(Exception):
    """A form that cannot be taken as it is: by its name in the page, with its faults."""

    def __init__(self, **forms: Any) -> None:
        super().__init__(*forms)
        self.forms = forms


def film_door(deed: Deed) -> Callable[..., HttpResponse]:
    """The deed as a view of POSTs. What it raises is told on the page: `Refused`, `ValidationError`, `Suspended`."""

    @require_POST
    @wraps(deed)
    def door(request: HttpRequest, movie_id: int) -> HttpResponse:
        film = get_object_or_404(Movie.objects.select_related("merged_into"), pk=movie_id)
        if not request.user.is_authenticated:
            return to_sign_in(request, film.get_absolute_url())
        try:
            messages.success(request, deed(request, film))
        except Refused as fault:
            return refused(request, film, 400, **fault.forms)
        except ValidationError as fault:
            return refused(request, film, 400, " ".join(fault.messages))
        except ObjectDoesNotExist as fault:  # gone while it was about to be changed
            raise Http404 from fault
        except Suspended:
            return refused(request, film, 403, told(request.user))
        except Decided:
            return refused(request, film, 403, _("A moderator has decided on this text."))
        return own_part(request, film) if by_script(request) else redirect(film)

    return door


def refused(request: HttpRequest, film: Movie, status: int, told: str = "", **forms: Any) -> HttpResponse:
    """The page, or the member's part of it, with what was wrong."""
    messages.error(request, told or _("This was not taken: see what is said beside the fields."))
    if by_script(request):
        return own_part(request, film, status, **forms)
    return shown(request, film.pk, forms, status)


def own_part(request: HttpRequest, film: Movie, status: int = 200, **forms: Any) -> HttpResponse:
    """What of the page is the member's; also where it is a refusal, the script is to put it in its place."""
    page = render(request, "catalog/movie/answer.html", {"film": film} | forms, status=status)
    page.headers["HX-Reswap"] = "outerHTML"
    return page


def to_sign_in(request: HttpRequest, back: str) -> HttpResponse:
    """To sign in, and then back to the page: what was sent is not kept."""
    return back_to(request, f"{reverse('account_login')}?{urlencode({'next': back})}")


def back_to(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect that a script follows as a whole page."""
    return HttpResponseClientRedirect(address) if by_script(request) else redirect(address)


def by_script(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
