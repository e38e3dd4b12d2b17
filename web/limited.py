"""Limits for pages, which are not DRF's."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from web.errors import answer
from web.throttling import allow


def limited(view: Callable[..., HttpResponseBase], scope: str | None = None) -> Callable[..., HttpResponseBase]:
    """The view, whose calls count as the API's do, its POSTs against the scope's limit; one too many is a 429."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not allow(request, scope if request.method == "POST" else None).allowed:
            return answer(request, 429)
        return view(request, *args, **kwargs)

    return answered
