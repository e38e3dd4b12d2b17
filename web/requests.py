"""Turns away what no view should have to read: NUL bytes, bodies and addresses out of all proportion or too late."""

import traceback
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import LimitedStream
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from web.bodies import CUT_OFF, Bodies, Refused
from web.callers import client_address
from web.errors import DATABASE_AWAY, answer, in_api_shape, is_api, tell_unavailable

LONGEST_QUERY = 8192
SLASHED_OUTSIDE_API = frozenset({"/healthz/", "/readyz/", "/metrics/"})
NUL = "The address holds a NUL byte."
TOO_DEEP = "The body is nested too deep."
BAD_LENGTH = "Content-Length is not a number."
MOST_DIGITS = 18
BODILESS = frozenset({"GET", "HEAD", "OPTIONS"})


def innermost(exception: Exception) -> str:
    """The file where it was raised."""
    return traceback.extract_tb(exception.__traceback__)[-1].filename


class RequestLimitsMiddleware:
    """Under /api/ a path with a trailing slash is the path without it, and no fault is ever a page."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.bodies = Bodies(settings.WEB_THREADS)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        under_api = is_api(path)
        if path[-1] == "/" and ((under_api and len(path) > 5) or path in SLASHED_OUTSIDE_API):
            request.path_info, request.path = path[:-1], request.path[:-1]
        response = self.refusal(request, path) or self.get_response(request)
        return in_api_shape(response) if under_api and response.status_code >= 400 else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """A database that is away, met outside DRF: Django would write and report a trace for each request.

        And JSON so deep that Python's own parser, which libraries use, falls over it.
        """
        if isinstance(exception, RecursionError) and "json" in Path(innermost(exception)).parts:
            return answer(request, 400, TOO_DEEP)
        if not isinstance(exception, DATABASE_AWAY):
            return None
        tell_unavailable(exception)
        return answer(request, 503)

    def refusal(self, request: HttpRequest, path: str) -> HttpResponseBase | None:
        """The answer to a request that goes no further."""
        meta = request.META
        query = meta.get("QUERY_STRING", "")
        if "\x00" in path or (query and ("%00" in query or "\x00" in query)):
            return answer(request, 400, NUL)
        if len(query) > LONGEST_QUERY:
            return answer(request, 414)
        if meta.get("CONTENT_LENGTH") or "HTTP_TRANSFER_ENCODING" in meta:
            return self._take_body(request)
        return None

    def _take_body(self, request: HttpRequest) -> HttpResponseBase | None:
        """Fetches the body now, so that nothing later waits for its sender; a read has none that would matter to it."""
        meta = request.META
        try:
            size = 0 if request.method in BODILESS else self._size(meta, most_bytes(request.path_info))
            if "wsgi.input" not in meta:
                return None  # an ASGI server has fetched it
            body = self.bodies.read(meta["wsgi.input"], size, client_address(request)) if size else b""
            if len(body) > most_bytes(request.path_info):
                raise Refused(413)
            if len(body) < size and "HTTP_TRANSFER_ENCODING" not in meta:
                raise Refused(400, CUT_OFF)
        except Refused as reason:
            return answer(request, reason.status, reason.detail)
        meta["CONTENT_LENGTH"] = str(len(body))
        meta["wsgi.input"] = BytesIO(body)
        request._stream = LimitedStream(meta["wsgi.input"], len(body))
        return None

    def _size(self, meta: dict[str, Any], most: int) -> int:
        """How many bytes to ask for; of a body whose length is not told, one more than there may be."""
        if "HTTP_TRANSFER_ENCODING" in meta:
            return most + 1
        length = meta["CONTENT_LENGTH"]
        if not (length.isascii() and length.isdecimal()):
            raise Refused(400, BAD_LENGTH)
        if len(length) > MOST_DIGITS or int(length) > most:
            raise Refused(413)
        return int(length)


def most_bytes(path: str) -> int:
    """How long a body may be there."""
    return settings.UPLOAD_MAX_SIZE if path in settings.UPLOAD_PATHS else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
