"""What authors say to decisions, the longest waiting first, and two buttons."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from reviews import moderation
from reviews.admin import records
from reviews.admin.forms import AnswerForm
from reviews.admin.readonly import ReadOnlyAdmin
from reviews.models import Appeal

LIST = "admin:reviews_appeal_changelist"


@admin.register(Appeal)
class AppealAdmin(ReadOnlyAdmin):
    list_display = ["decided", "author", "made_at", "answered_at", "is_granted", "answered_by"]
    list_filter = [("answered_at", admin.EmptyFieldListFilter), "is_granted"]
    list_select_related = ["decision__member", "answered_by"]
    search_fields = ["decision__member__username"]
    ordering = [F("answered_at").asc(nulls_first=True), "made_at"]

    @admin.display(description=_("decision"), ordering="decision")
    def decided(self, appeal: Appeal) -> Any:
        return appeal.decision

    @admin.display(description=_("author"))
    def author(self, appeal: Appeal) -> Any:
        return appeal.decision.member

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appeal]:
        return super().get_queryset(request).select_related("decision__case__author", "decision__made_by")

    def get_urls(self) -> list[URLPattern]:
        answer = self.admin_site.admin_view(self.answer)
        return [path("<int:appeal_id>/answer/", answer, name="reviews_appeal_answer"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What was decided of what, what the author says, and the buttons."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        appeal = get_object_or_404(self.get_queryset(request), pk=object_id if object_id.isdecimal() else 0)
        case = appeal.decision.case
        told = (records.told(case) if case else {}) | {
            "title": _("Appeal: %s") % appeal,
            "opts": self.opts,
            "appeal": appeal,
            "form": AnswerForm(),
            "may_answer": self.has_change_permission(request, appeal) and appeal.answered_at is None,
        }
        return TemplateResponse(request, "admin/reviews/case/appeal.html", self.admin_site.each_context(request) | told)

    @method_decorator(require_POST)
    def answer(self, request: HttpRequest, appeal_id: int) -> HttpResponse:
        appeal = get_object_or_404(Appeal, pk=appeal_id)
        if not self.has_change_permission(request, appeal):
            raise PermissionDenied
        form = AnswerForm(request.POST)
        is_granted = request.POST.get("is_granted") == "yes"
        if not form.is_valid():
            self.message_user(request, _("The answer is too long."), messages.ERROR)
            return redirect("admin:reviews_appeal_change", appeal.pk)
        try:
            moderation.answer(appeal=appeal, by=request.user, is_granted=is_granted, text=form.cleaned_data["answer"])
        except moderation.Answered as fault:
            self.message_user(request, " ".join(fault.messages), messages.ERROR)
        else:
            self.message_user(request, _("Answered; the author is told."))
        return redirect(LIST)
