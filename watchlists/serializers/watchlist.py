"""Entries of the watchlist, and favorites."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from watchlists.models import Favorite, WatchlistEntry
from watchlists.models.holdings import TOP
from watchlists.serializers.fields import PlaceSerializer, WordsField, movie_id
from watchlists.serializers.films import OfFilmSerializer
from web.typed import WholeField, YesNoField

NOTE = "For oneself: others do not see it."
LONGEST_NOTE = 500


class SeenEntrySerializer(OfFilmSerializer):
    """An entry as others see it."""

    added_at = serializers.DateTimeField()
    watched = serializers.BooleanField()
    watched_at = serializers.DateTimeField(allow_null=True, help_text="Null also where nobody knows when.")

    def body(self, row: WatchlistEntry, film: dict[str, Any], more: Any) -> dict[str, Any]:
        return {
            "movie": film,
            "added_at": row.added_at,
            "watched": row.is_watched,
            "watched_at": row.watched_at,
        }


class WatchlistEntrySerializer(SeenEntrySerializer):
    note = serializers.CharField(allow_blank=True, help_text=NOTE)
    priority = serializers.IntegerField(min_value=0, max_value=3, help_text="0 none, 1 low, 2 medium, 3 high.")

    def body(self, row: WatchlistEntry, film: dict[str, Any], more: Any) -> dict[str, Any]:
        return super().body(row, film, more) | {"note": row.note, "priority": row.priority}


class EntryWordsSerializer(serializers.Serializer):
    note = WordsField(required=False, allow_blank=True, max_length=LONGEST_NOTE, help_text=NOTE)
    priority = WholeField(required=False, min_value=0, max_value=3, help_text="0 none, 1 low, 2 medium, 3 high.")


class NewEntrySerializer(EntryWordsSerializer):
    movie_id = movie_id()


class EntryChangesSerializer(EntryWordsSerializer):
    watched = YesNoField(
        required=False, allow_null=True, help_text="By hand, whatever the diary says; null: as the diary says."
    )
    watched_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="When; now unless given. Null: nobody knows when."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        at = attrs.get("watched_at")
        if at and not attrs.get("watched", True):
            raise serializers.ValidationError({"watched_at": "What is not watched has no such time."}, "not_watched")
        if at and at > timezone.now():
            raise serializers.ValidationError({"watched_at": "This is yet to come."}, "in_the_future")
        return attrs


class FavoriteSerializer(OfFilmSerializer):
    added_at = serializers.DateTimeField()
    top = serializers.BooleanField(help_text="Whether it is one of the first four, which stand on the profile.")

    def read_together(self, rows: list[Favorite]) -> Collection[int]:
        """Those of the page that are on top: all rows are of one member."""
        of_owner = Favorite.objects.filter(user__in={row.user_id for row in rows}).in_order()
        return set(of_owner.values_list("pk", flat=True)[:TOP])

    def body(self, row: Favorite, film: dict[str, Any], more: Collection[int]) -> dict[str, Any]:
        return {"movie": film, "added_at": row.added_at, "top": row.pk in more}


class NewFavoriteSerializer(PlaceSerializer):
    movie_id = movie_id()
