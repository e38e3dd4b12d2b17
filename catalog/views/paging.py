from typing import Any

from django.core.paginator import EmptyPage, Page
from django.http import Http404, HttpRequest

from web.pagination import COUNT_CAP, CappedPaginator


def page_of(rows: Any, request: HttpRequest, shown: int) -> Page:
    """The page that `?page=` names, of so many rows. Raises `Http404` where there is none, or too far on."""
    text = request.GET.get("page") or "1"
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
    if not number or (number - 1) * shown >= COUNT_CAP:
        raise Http404
    try:
        return CappedPaginator(rows, shown).page(number)
    except EmptyPage as fault:
        raise Http404 from fault
