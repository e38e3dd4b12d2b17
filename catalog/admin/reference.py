from django.contrib import admin

from catalog.admin.synced import SyncedAdmin
from catalog.models import ChartEntry, Genre, Keyword, Provider, Region


@admin.register(Genre)
class GenreAdmin(SyncedAdmin):
    list_display = ["name", "tmdb_id"]


@admin.register(Keyword)
class KeywordAdmin(SyncedAdmin):
    list_display = ["name", "tmdb_id"]
    search_fields = ["name"]
    ordering = ["pk"]


@admin.register(Provider)
class ProviderAdmin(SyncedAdmin):
    list_display = ["name", "tmdb_id", "priority"]
    search_fields = ["name"]


@admin.register(Region)
class RegionAdmin(SyncedAdmin):
    list_display = ["name", "code", "has_streaming"]
    list_filter = ["has_streaming"]
    search_fields = ["name", "=code"]


@admin.register(ChartEntry)
class ChartEntryAdmin(SyncedAdmin):
    list_display = ["chart", "position", "movie"]
    list_select_related = ["movie"]
    ordering = ["chart", "position"]
