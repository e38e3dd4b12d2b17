"""The desk of moderators: what was reported or held, the most reported first, and what to do about it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from reviews import moderation
from reviews.admin import overview, records
from reviews.admin.forms import DecisionForm, permitted_kinds, usual_reason
from reviews.admin.readonly import ReadOnlyAdmin
from reviews.cases import is_shown_to_moderators
from reviews.models import Case, Decision
from reviews.moderation import Verdict

LIST = "admin:reviews_case_changelist"
EXCERPT = 90


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("closed", _("closed")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        """What needs to be done comes of itself."""
        first, *others = super().choices(changelist)
        return [first | {"display": _("open")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        if self.value() == "all":
            return queryset
        return queryset.filter(closed_at__isnull=self.value() != "closed")


def in_bulk(kind: str) -> Any:
    """The action that does the same to all that are chosen, each for the reason that is usual of it."""
    label = dict(Decision.Kind.choices)[kind]

    @admin.action(description=label, permissions=["change"])
    def act(self: Any, request: HttpRequest, cases: QuerySet[Case]) -> None:
        done = sum(
            self.decided(request, case, Verdict(kind, usual_reason(case))) for case in cases.prefetch_related("reports")
        )
        told = ngettext("%d case was decided.", "%d cases were decided.", done) % done
        self.message_user(request, told)

    act.__name__ = f"{kind}_all"
    return act


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    list_display = ["excerpt", "author", "report_count", "reasons", "rule", "opened_at", "closed_at"]
    list_filter = [StateFilter, "held_by", "reports__reason"]
    list_select_related = ["author", "review__movie", "comment__review__movie"]
    search_fields = ["author__username"]
    ordering = ()
    actions = [in_bulk(kind) for kind in (Decision.Kind.DISMISS, Decision.Kind.HIDE, Decision.Kind.REMOVE)]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        return super().get_queryset(request).most_urgent_first().prefetch_related("reports")

    @admin.display(description=_("what"))
    def excerpt(self, case: Case) -> str:
        text = case.body if is_shown_to_moderators(case) else _("(private by now)")
        return f"{case}: {str(text)[:EXCERPT]}"

    @admin.display(description=_("reasons"))
    def reasons(self, case: Case) -> str:
        return ", ".join(sorted({str(report.get_reason_display()) for report in case.reports.all()}))

    @admin.display(description=_("held by rule"))
    def rule(self, case: Case) -> str:
        return records.rule_of(case)

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        return [
            path("overview/", site.admin_view(self.overview), name="reviews_case_overview"),
            path("<int:case_id>/decide/", site.admin_view(self.decide), name="reviews_case_decide"),
            *super().get_urls(),
        ]

    def overview(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        told = {"title": _("Moderation"), "opts": self.opts} | overview.told(timezone.now())
        return TemplateResponse(
            request, "admin/reviews/case/overview.html", self.admin_site.each_context(request) | told
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What it is about, what both sides did before, and the buttons."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        case = get_object_or_404(self.get_queryset(request), pk=object_id if object_id.isdecimal() else 0)
        return self.desk(request, case, DecisionForm(initial={"reason": usual_reason(case)}))

    def desk(self, request: HttpRequest, case: Case, form: DecisionForm) -> HttpResponse:
        told = records.told(case) | {
            "title": _("Case: %s") % case,
            "opts": self.opts,
            "form": form,
            "kinds": permitted_kinds(request.user) if self.has_change_permission(request, case) else [],
        }
        return TemplateResponse(request, "admin/reviews/case/desk.html", self.admin_site.each_context(request) | told)

    @method_decorator(require_POST)
    def decide(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case = get_object_or_404(self.get_queryset(request), pk=case_id)
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self.desk(request, case, form)
        if not self.decided(request, case, form.verdict()):
            return redirect("admin:reviews_case_change", case.pk)
        self.message_user(request, _("Done. The author is told, where there is something to tell."))
        return redirect(LIST)

    def decided(self, request: HttpRequest, case: Case, verdict: Verdict) -> bool:
        """Whether it was decided; why not is told."""
        if not self.has_change_permission(request, case) or verdict.kind not in dict(permitted_kinds(request.user)):
            raise PermissionDenied
        try:
            moderation.decide(case=case, verdict=verdict, by=request.user, origin=request.build_absolute_uri("/"))
        except moderation.Refused as fault:
            self.message_user(request, f"{case}: {' '.join(fault.messages)}", messages.ERROR)
            return False
        return True
