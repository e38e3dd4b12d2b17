"""The page on which one film is merged into another: it asks into which, then shows what would move, then does it."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog import sync
from catalog.models import Movie
from catalog.sync.parsing.values import LARGEST


class MergeForm(forms.Form):
    into = forms.IntegerField(
        label=_("Merge into"), min_value=1, max_value=LARGEST, help_text=_("The TMDB id of the film that stays.")
    )


class MergedByForm(admin.ModelAdmin):
    """Adds the page's address."""

    def get_urls(self) -> list[URLPattern]:
        merge = self.admin_site.admin_view(self.merge)
        return [path("<int:movie_id>/merge/", merge, name="catalog_movie_merge"), *super().get_urls()]

    def merge(self, request: HttpRequest, movie_id: int) -> HttpResponse:
        """A GET tells what a POST of the same would do."""
        if not request.user.has_perm("catalog.change_movie"):
            raise PermissionDenied
        movie = get_object_or_404(Movie, pk=movie_id)
        is_post = request.method == "POST"
        told = request.POST if is_post else request.GET
        form = MergeForm(told if is_post or "into" in told else None)
        plan = merged(form, movie_id, is_dry=not is_post)
        if plan and is_post:
            self.log_change(request, movie, f"Merged into {plan.new} [{plan.new.pk}]")
            self.message_user(request, _("“%(old)s” is merged into “%(new)s”.") % {"old": plan.old, "new": plan.new})
            return redirect("admin:catalog_movie_change", plan.new.pk)
        context = self.admin_site.each_context(request) | {
            "title": _("Merge a film into another"),
            "opts": self.opts,
            "movie": movie,
            "form": form,
            "plan": plan,
        }
        return TemplateResponse(request, "admin/catalog/movie/merge.html", context)


def merged(form: MergeForm, movie_id: int, *, is_dry: bool) -> sync.Merge | None:
    """What was, or would be, merged; None where the form has errors, or nothing was asked yet."""
    if not form.is_valid():
        return None
    try:
        return sync.merge(movie_id, form.cleaned_data["into"], timezone.now(), is_dry=is_dry)
    except sync.MergeRefused as fault:
        form.add_error("into", str(fault))
        return None
