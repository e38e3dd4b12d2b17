"""The button on a film's page that has TMDB asked for it again."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from catalog.admin.synced import ask_again
from catalog.models import Movie


class RefreshedByButton(admin.ModelAdmin):
    """Adds the address that the button posts to."""

    class Media:
        css = {"all": ["catalog/admin.css"]}

    def get_urls(self) -> list[URLPattern]:
        refresh = self.admin_site.admin_view(self.refresh)
        return [path("<int:movie_id>/refresh/", refresh, name="catalog_movie_refresh"), *super().get_urls()]

    @method_decorator(require_POST)
    def refresh(self, request: HttpRequest, movie_id: int) -> HttpResponse:
        """As the action of the list, for one film."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        ask_again(self, request, Movie.objects.filter(pk=movie_id))
        return redirect("admin:catalog_movie_change", movie_id)
