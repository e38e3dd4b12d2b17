"""Who reads a page: in which language films are told of, and in which region they are to be seen."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header

from catalog.languages import accepted_language, supported
from catalog.regions import DEFAULT_REGION

REGION_COOKIE, REGION_SECONDS = "region", 365 * 86_400
REGION = re.compile(r"[A-Za-z]{2}", re.ASCII)


def page_language(request: HttpRequest) -> str:
    """The supported language that the member has chosen, else the one that the browser asks for."""
    return supported(getattr(request.user, "language", "")) or accepted_language(request)


def page_region(request: HttpRequest) -> str:
    """As the address names it, the member has it, it was last chosen here, or the browser's language has it."""
    told = (
        request.GET.get("region"),
        getattr(request.user, "region", ""),
        request.COOKIES.get(REGION_COOKIE),
        _of_language(request.META.get("HTTP_ACCEPT_LANGUAGE", "")),
    )
    return next((text.upper() for text in told if text and REGION.fullmatch(text)), DEFAULT_REGION)


def remember_region(request: HttpRequest, response: HttpResponse, region: str) -> HttpResponse:
    """Keeps in the browser what a stranger has just chosen: a member's own region stands in their profile."""
    if request.GET.get("region") and not request.user.is_authenticated and region != request.COOKIES.get(REGION_COOKIE):
        response.set_cookie(
            REGION_COOKIE, region, REGION_SECONDS, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    return response


def _of_language(header: str) -> Any:
    """The region of the language that the browser likes best: CH of `de-CH, en;q=0.5`."""
    tags = parse_accept_lang_header(header[:500])
    return tags[0][0].rpartition("-")[2] if tags and "-" in tags[0][0] else ""
