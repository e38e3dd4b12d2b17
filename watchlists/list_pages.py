"""A list as its page shows it, and which list one may see or change."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, QuerySet, Subquery, Value
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models.visibility import Viewer
from catalog.carded import with_cards
from catalog.cards import cards_of
from catalog.readers import page_language
from watchlists.lists import seen_by
from watchlists.models import List, ListItem
from watchlists.steps import rank_of
from web.cursor_pages import CursorPage, cursor_page

# Of each list among others, so many films are shown.
PREVIEWED = 4
ITEMS_SHOWN = 60


def seen_list(request: HttpRequest, list_id: int) -> List:
    """The list, open to the viewer or to whoever has the link, `?key=`. Raises `Http404`."""
    lists = List.objects.visible_to(request.user)
    key = request.POST.get("key") or request.GET.get("key")
    if key and "\x00" not in key:
        lists = lists | List.objects.opened_by(key, request.user)
    return get_object_or_404(lists.select_related("owner"), pk=list_id)


def changeable_list(request: HttpRequest, list_id: int) -> List:
    """A list whose films the caller may change. Raises `Http404`, and `PermissionDenied` of one they only see."""
    made = seen_list(request, list_id)
    if not List.objects.editable_by(request.user).filter(pk=made.pk).exists():
        raise PermissionDenied
    return made


def own_list(request: HttpRequest, list_id: int) -> List:
    """Likewise, a list that is the caller's own."""
    made = seen_list(request, list_id)
    if made.owner_id != request.user.pk:
        raise PermissionDenied
    return made


def items_page(request: HttpRequest, made: List) -> CursorPage:
    """A page of the list's films, each with its card, its place, and whether the viewer has seen it."""
    rows = ListItem.objects.filter(list=made)
    page = cursor_page(request, with_seen(rows, request.user).order_by("position", "pk"), ITEMS_SHOWN)
    with_cards(page.rows, request)
    if page.rows:
        first = rank_of(rows, page.rows[0]) if request.GET.get("cursor") else 1
        for rank, item in enumerate(page.rows, first):
            item.rank = rank
    return page


def with_seen(rows: QuerySet[ListItem], viewer: Viewer) -> QuerySet[ListItem]:
    if viewer.pk is None:
        return rows.annotate(is_seen=Value(False))
    return rows.annotate(is_seen=ExpressionWrapper(seen_by(viewer), BooleanField()))


def previewed(rows: QuerySet[List]) -> QuerySet[List]:
    """Lists, each with its first films; a look-up in an index for each film."""
    items = ListItem.objects.filter(list=OuterRef("pk")).order_by("position", "pk").values("movie")
    return rows.annotate(**{f"film{place}": Subquery(items[place : place + 1]) for place in range(PREVIEWED)})


def with_previews(rows: list[Any], request: HttpRequest) -> list[Any]:
    """Each of the `previewed` lists with the `cards` of its first films; one query, and one for a language."""
    ids = {row.pk: [getattr(row, f"film{place}") for place in range(PREVIEWED)] for row in rows}
    wanted = [one for films in ids.values() for one in films if one]
    cards = {card["id"]: card for card in cards_of(wanted, page_language(request))}
    for row in rows:
        row.cards = [cards[one] for one in ids[row.pk] if one in cards]
    return rows
