"""Turns away what no view should have to read: NUL bytes, bodies and addresses out of all proportion."""

from collections.abc import Callable
from io import BytesIO

from django.conf import settings
from django.core.handlers.wsgi import LimitedStream
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from web.errors import answer, in_api_shape, is_api

LONGEST_QUERY = 8192
SLASHED_OUTSIDE_API = frozenset({"/healthz/", "/readyz/", "/metrics/"})
NUL = "The address holds a NUL byte."
BAD_LENGTH = "Content-Length is not a number."


class RequestLimitsMiddleware:
    """Under /api/ a path with a trailing slash is the path without it, and no fault is ever a page."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        under_api = is_api(path)
        if path[-1] == "/" and ((under_api and len(path) > 5) or path in SLASHED_OUTSIDE_API):
            request.path_info, request.path = path[:-1], request.path[:-1]
        response = self.refusal(request, path) or self.get_response(request)
        return in_api_shape(response) if under_api and response.status_code >= 400 else response

    def refusal(self, request: HttpRequest, path: str) -> HttpResponseBase | None:
        """The answer to a request that goes no further."""
        meta = request.META
        query = meta.get("QUERY_STRING", "")
        if "\x00" in path or (query and ("%00" in query or "\x00" in query)):
            return answer(request, 400, NUL)
        if len(query) > LONGEST_QUERY:
            return answer(request, 414)
        length = meta.get("CONTENT_LENGTH")
        if length:
            if not (length.isascii() and length.isdecimal()):
                return answer(request, 400, BAD_LENGTH)
            return answer(request, 413) if int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE else None
        if "HTTP_TRANSFER_ENCODING" in meta:
            return self._take_chunks(request)
        return None

    def _take_chunks(self, request: HttpRequest) -> HttpResponseBase | None:
        """Gives a body of unknown length its length, which Django and DRF need to see it at all."""
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = request.environ["wsgi.input"].read(most + 1)
        if len(body) > most:
            return answer(request, 413)
        request.META["CONTENT_LENGTH"] = str(len(body))
        request._stream = LimitedStream(BytesIO(body), len(body))
        return None
