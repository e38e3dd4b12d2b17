from django.contrib import admin

from catalog.admin.synced import SyncedAdmin, ask_again
from catalog.models import SyncFailure, TMDBConfiguration


@admin.register(SyncFailure)
class SyncFailureAdmin(SyncedAdmin):
    """The films that TMDB did not give, and why; they are tried again by themselves."""

    list_display = ["tmdb_id", "reason", "detail", "attempts", "last_failed_at", "retry_at"]
    list_filter = ["reason"]
    search_fields = ["=tmdb_id", "detail"]
    ordering = ["-last_failed_at"]
    actions = [ask_again]


@admin.register(TMDBConfiguration)
class TMDBConfigurationAdmin(SyncedAdmin):
    list_display = ["image_base_url", "synced_at"]
