"""Bodies made smaller (zstd, br, gzip) for those who ask, where that gives no secret away.

django-compression-middleware reads no quality values and compresses pages with secrets in them, so the choice is made
here; the compressors are the libraries' own.
"""

import zlib
from collections.abc import Callable
from functools import lru_cache
from threading import local

import brotli
import zstandard
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

SMALLEST = 1024
TEXT = ("application/json", "text/", "application/javascript", "application/xml", "image/svg+xml", "application/yaml")
# A page whose body holds a secret beside what a stranger can put there tells it by its compressed length (BREACH).
SECRET_PLACES = ("/admin/", "/accounts/", "/api/v1/auth/")
_own = local()


def _gzip(body: bytes) -> bytes:
    compressor = zlib.compressobj(5, zlib.DEFLATED, 31)
    return compressor.compress(body) + compressor.flush()


def _br(body: bytes) -> bytes:
    return brotli.compress(body, mode=brotli.MODE_TEXT, quality=4)


def _zstd(body: bytes) -> bytes:
    if not hasattr(_own, "zstd"):  # costly to make, and not to be shared by threads
        _own.zstd = zstandard.ZstdCompressor(level=5)
    return _own.zstd.compress(body)


COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {"zstd": _zstd, "br": _br, "gzip": _gzip}


def chosen_encoding(accept_encoding: str) -> str:
    """The encoding that the client likes best, ours first among equals; "" when none of ours will do."""
    return _chosen(accept_encoding[:200]) if accept_encoding else ""


@lru_cache(maxsize=512)
def _chosen(accept_encoding: str) -> str:
    qualities = dict(map(_quality, accept_encoding.lower().split(",")))
    others = qualities.get("*", 0.0)
    wishes = {name: qualities.get(name, others) for name in COMPRESSORS}
    wishes["gzip"] = max(wishes["gzip"], qualities.get("x-gzip", 0.0))
    best = max(wishes, key=lambda name: wishes[name])
    return best if wishes[best] > 0 and wishes[best] >= qualities.get("identity", 0.0) else ""


def _quality(item: str) -> tuple[str, float]:
    name, _, parameter = item.partition(";")
    key, _, value = parameter.strip().partition("=")
    try:
        quality = float(value) if key.strip() == "q" else 1.0
    except ValueError:
        quality = 0.0
    return name.strip(), quality if 0.0 <= quality <= 1.0 else 0.0


def compress(body: bytes, accept_encoding: str) -> tuple[bytes, str]:
    """The body as the client likes it, and the encoding's name; itself and "" where it stays as it is."""
    encoding = chosen_encoding(accept_encoding)
    if not encoding or len(body) < SMALLEST:
        return body, ""
    smaller = COMPRESSORS[encoding](body)
    return (smaller, encoding) if len(smaller) < len(body) else (body, "")


def may_compress(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a body like this one is compressed for somebody: a whole text with nothing secret in it."""
    return not (
        response.streaming
        or response.headers.get("Content-Encoding")
        or response.status_code == 206
        or len(response.content) < SMALLEST
        or not response.headers.get("Content-Type", "").startswith(TEXT)
        or not getattr(response, "may_compress", True)
        or response.cookies
        or request.path_info.startswith(SECRET_PLACES)
    )


class CompressionMiddleware:
    """Compresses by `Accept-Encoding`; a response with `may_compress = False` is left alone."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 304:
            if "ETag" in response.headers:
                self._as_variant(request, response)
        elif may_compress(request, response):
            accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
            patch_vary_headers(response, ("Accept-Encoding",))
            body, encoding = compress(response.content, accepted)
            if encoding:
                response.content = body
                response.headers["Content-Encoding"] = encoding
                response.headers["Content-Length"] = str(len(body))
                _weaken(response)
        return response

    @staticmethod
    def _as_variant(request: HttpRequest, response: HttpResponseBase) -> None:
        """A 304 with a strong tag would not freshen the compressed body that a client keeps under the weak one."""
        patch_vary_headers(response, ("Accept-Encoding",))
        if chosen_encoding(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            _weaken(response)


def _weaken(response: HttpResponseBase) -> None:
    """Bytes differ between encodings, so a strong tag of the plain body is not theirs (RFC 9110, 8.8.3)."""
    tag = response.headers.get("ETag", "")
    if tag.startswith('"'):
        response.headers["ETag"] = f"W/{tag}"
