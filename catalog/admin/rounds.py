from typing import Any

from celery import current_app
from django.conf import settings
from django.contrib import admin, messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from kombu.exceptions import OperationalError

from catalog.admin import overview
from catalog.admin.synced import SyncedAdmin
from catalog.models import SyncRound
from catalog.sync.logbook import reports, scheduled

COUNTED_FOR = 60
OVERVIEW = "admin:catalog_syncround_changelist"


@admin.register(SyncRound)
class SyncRoundAdmin(SyncedAdmin):
    """The rounds are shown among all that tells how the catalogue is; each may be begun by a button."""

    fields = ["name", "began_at", "succeeded_at", "failed_at", "covered_until", "summary", "fault"]

    def get_urls(self) -> list[URLPattern]:
        run = self.admin_site.admin_view(self.run_now)
        return [path("<str:name>/run/", run, name="catalog_syncround_run"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        now = timezone.now()
        context = self.admin_site.each_context(request) | {
            "title": _("Overview"),
            "opts": self.opts,
            "rounds": reports(now, scheduled()),
            "may_run": may_run(request),
            "counted": cache.get_or_set("catalogue-overview", lambda: overview.counted(now), COUNTED_FOR),
            "failures": overview.failures(),
            "calls": overview.calls(now),
        }
        return TemplateResponse(request, "admin/catalog/syncround/overview.html", context)

    @method_decorator(require_POST)
    def run_now(self, request: HttpRequest, name: str) -> HttpResponse:
        """Leaves the round to the worker; where it is under way already, that one is all there is."""
        if not may_run(request):
            raise PermissionDenied
        if name not in scheduled():
            raise Http404
        entry = settings.CELERY_BEAT_SCHEDULE[name]
        try:
            current_app.send_task(entry["task"])
        except OperationalError as fault:
            self.message_user(request, _("The worker cannot be reached: %s") % fault, messages.ERROR)
        else:
            self.message_user(request, _("The worker will make the round “%s” now.") % name)
        return redirect(OVERVIEW)


def may_run(request: HttpRequest) -> bool:
    return request.user.has_perm("catalog.change_syncround")
