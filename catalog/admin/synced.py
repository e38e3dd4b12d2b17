from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from kombu.exceptions import OperationalError

from catalog import tasks
from web.pagination import CappedPaginator

MOST_AT_ONCE = 500


class Synced:
    """What comes from TMDB: every column is read-only here, and rows are neither added nor deleted by hand."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class SyncedAdmin(Synced, admin.ModelAdmin):
    """A table of perhaps a million rows: counted up to a cap, and never sorted by a column without an index."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    sortable_by = ()


class NamedAdmin(SyncedAdmin):
    """Rows with a search entry: found by name, by what `find` gives, or by TMDB id."""

    find: Callable[[str], list[int]]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        term = search_term.strip()
        if term.isascii() and term.isdecimal():
            return queryset.filter(pk=int(term[:18])), False
        return (queryset.filter(pk__in=self.find(term)) if term else queryset), False


class SyncedInline(Synced, admin.TabularInline):
    """The first rows of a film in their order: of offers in all regions there are thousands."""

    extra = 0
    related: tuple[str, ...] = ()
    most = 200

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.verbose_name_plural = _("%(rows)s (at most %(most)d are shown)") % {
            "rows": self.opts.verbose_name_plural,
            "most": self.most,
        }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        shown = rows.filter(movie=request.resolver_match.kwargs["object_id"]).values_list("pk", flat=True)
        rows = rows.filter(pk__in=list(shown[: self.most]))
        return rows.select_related(*self.related) if self.related else rows


@admin.action(description=_("Ask TMDB again"), permissions=["view"])
def ask_again(model_admin: admin.ModelAdmin, request: HttpRequest, rows: QuerySet[Any]) -> None:
    """Leaves the rows' films, whose TMDB ids are the primary keys, to the worker."""
    ids = list(rows.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    if len(ids) > MOST_AT_ONCE:
        model_admin.message_user(request, _("Choose %d films at most.") % MOST_AT_ONCE, messages.ERROR)
        return
    try:
        for movie_id in ids:
            tasks.refresh_movie.delay(movie_id)
    except OperationalError as fault:
        model_admin.message_user(request, _("The worker cannot be reached: %s") % fault, messages.ERROR)
    else:
        model_admin.message_user(
            request,
            ngettext("The worker will ask for %d film again.", "The worker will ask for %d films again.", len(ids))
            % len(ids),
        )
