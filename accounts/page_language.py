"""In which language the pages are: their own choice, else what the browser asks for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

# What machines read, and pictures: the same for everybody.
NO_PAGES = ("/api/", "/_allauth/", "/pictures/", "/sitemap", "/robots.txt", "/healthz", "/readyz", "/metrics")


class PageLanguage:
    """For pages alone: what the API says of a fault is the same for everybody, and is kept for everybody."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(NO_PAGES):
            return self.get_response(request)
        with translation.override(_language(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        patch_vary_headers(response, ["Accept-Language"])
        return response


def _language(request: HttpRequest) -> str:
    chosen = getattr(request.user, "language", "")
    try:
        return translation.get_supported_language_variant(chosen.lower())
    except LookupError:
        return translation.get_language_from_request(request)
