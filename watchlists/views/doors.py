"""What every door to one's own library has in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse

from watchlists.films import NoSuchFilm


def own_door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, for who is signed in; what is gone by the time that it is changed is a 404, and so is no film."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (ObjectDoesNotExist, NoSuchFilm) as fault:
            raise Http404 from fault

    return login_required(opened)
