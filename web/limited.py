"""Limits for pages, such as a sign-in, that are not DRF's."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from web.errors import answer
from web.throttling import allow


def limited(view: Callable[..., HttpResponseBase], scope: str) -> Callable[..., HttpResponseBase]:
    """The view, whose POSTs count against the scope's limit; one too many is a 429, and does not reach it."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not allow(request, scope).allowed:
            return answer(request, 429)
        return view(request, *args, **kwargs)

    return answered
