"""What staff may look at, and not change by hand: it changes by what is done to it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from web.pagination import CappedPaginator


class ReadOnlyAdmin(admin.ModelAdmin):
    """Fields are shown, not changed; who has the permission to change may press the buttons."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    sortable_by = ()

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in self.opts.fields]
