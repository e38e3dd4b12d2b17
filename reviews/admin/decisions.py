"""The log of all that was decided, by whom and why; what is undone stays in it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from reviews import moderation
from reviews.admin.readonly import ReadOnlyAdmin
from reviews.models import Decision


@admin.action(description=_("Undo"), permissions=["change"])
def undo_all(model_admin: "DecisionAdmin", request: HttpRequest, decisions: QuerySet[Decision]) -> None:
    for decision in decisions:
        model_admin.undone(request, decision)


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["made_at", "kind", "member", "case", "reason", "until", "made_by", "undone_at", "undone_by"]
    list_filter = ["kind", "made_at", ("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = ["member", "made_by", "undone_by", "case"]
    search_fields = ["member__username", "made_by__username"]
    ordering = ["-made_at", "-pk"]
    actions = [undo_all]

    def get_urls(self) -> list[URLPattern]:
        undo = self.admin_site.admin_view(self.undo)
        return [path("<int:decision_id>/undo/", undo, name="reviews_decision_undo"), *super().get_urls()]

    @method_decorator(require_POST)
    def undo(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        decision = get_object_or_404(Decision, pk=decision_id)
        self.undone(request, decision)
        if decision.case_id:
            return redirect("admin:reviews_case_change", decision.case_id)
        return redirect("admin:reviews_decision_changelist")

    def undone(self, request: HttpRequest, decision: Decision) -> None:
        if not may_undo(request, decision):
            raise PermissionDenied
        moderation.undo(decision=decision, by=request.user)
        self.message_user(request, _("Undone: %s") % decision, messages.SUCCESS)


def may_undo(request: Any, decision: Decision) -> bool:
    """What one decided oneself, and what others did with a permission of its own."""
    if not request.user.has_perm("reviews.change_decision"):
        return False
    return decision.made_by_id == request.user.pk or request.user.has_perm("reviews.undo_decision")
