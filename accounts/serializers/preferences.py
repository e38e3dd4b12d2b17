"""What a member prefers."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import Privacy, User
from accounts.serializers.users import LanguageField, RegionField
from catalog.models import Genre, Provider

MOST_IDS = 200
MOST_ID = 2**31 - 1
KINDS = ("profile", "watchlist", "history", "favorites", "reviews")


class IdsField(serializers.ListField):
    """TMDB's ids of rows there are; one query for all."""

    child = serializers.IntegerField(min_value=1, max_value=MOST_ID)

    def __init__(self, model: type[models.Model], **options: Any) -> None:
        self.model = model
        super().__init__(max_length=MOST_IDS, required=False, **options)

    def to_internal_value(self, data: Any) -> list[int]:
        ids = list(dict.fromkeys(super().to_internal_value(data)))
        held = set(self.model.objects.filter(pk__in=ids).values_list("pk", flat=True))
        unknown = [str(one) for one in ids if one not in held]
        if unknown:
            raise serializers.ValidationError(_("There is no such id: {}.").format(", ".join(unknown)), "unknown")
        return ids

    def to_representation(self, data: models.Manager | Iterable[int]) -> list[int]:
        return sorted(data.values_list("pk", flat=True)) if isinstance(data, models.Manager) else list(data)


class PrivacySerializer(serializers.Serializer):
    """Who may see what: `public`, `followers` or `private`."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {kind: serializers.ChoiceField(Privacy.choices, source=f"{kind}_privacy") for kind in KINDS}


class PreferencesSerializer(serializers.ModelSerializer):
    """Lists are of TMDB's ids, and take the place of those before."""

    region, language = RegionField(), LanguageField()
    favorite_genres, excluded_genres = IdsField(Genre), IdsField(Genre)
    streaming_providers = IdsField(Provider)
    privacy = PrivacySerializer(source="*", required=False)

    class Meta:
        model = User
        fields = [
            "region",
            "language",
            "favorite_genres",
            "excluded_genres",
            "streaming_providers",
            "include_adult",
            "show_spoilers",
            "privacy",
        ]
