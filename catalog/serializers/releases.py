from itertools import groupby
from typing import Any

from rest_framework import serializers

from catalog.models import Movie, ReleaseDate

KINDS = {kind.value: kind.name.lower() for kind in ReleaseDate.Kind}


class ReleaseSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=list(KINDS.values()), help_text="`limited` and `theatrical` are cinemas'.")
    release_date = serializers.DateField()
    certification = serializers.CharField(allow_blank=True, help_text="The age rating, as the country writes it.")
    note = serializers.CharField(allow_blank=True, help_text="Such as a festival, or the service.")

    def to_representation(self, instance: ReleaseDate) -> dict[str, Any]:
        return {
            "kind": KINDS[instance.kind],
            "release_date": instance.released_on,
            "certification": instance.certification,
            "note": instance.note,
        }


class CountrySerializer(serializers.Serializer):
    region = serializers.CharField(help_text="ISO 3166-1 alpha-2.")
    certification = serializers.CharField(allow_null=True, help_text="The age rating there, the cinema's first.")
    releases = ReleaseSerializer(many=True, help_text="The oldest first.")


class ReleasesSerializer(serializers.Serializer):
    """When a film came out in each country, in which ways, and from what age one may see it."""

    id = serializers.IntegerField(help_text="The film's TMDB id.")
    countries = CountrySerializer(many=True, help_text="By their codes.")

    def to_representation(self, instance: Movie) -> dict[str, Any]:
        by_region = groupby(instance.ordered_releases, key=lambda release: release.region)
        return {"id": instance.pk, "countries": [country_of(region, list(releases)) for region, releases in by_region]}


def country_of(region: str, releases: list[ReleaseDate]) -> dict[str, Any]:
    return {
        "region": region,
        "certification": certification_of(releases),
        "releases": ReleaseSerializer(releases, many=True).data,
    }


def certification_of(releases: list[ReleaseDate]) -> str | None:
    """The age rating of a country's releases: the cinema's before a disc's, the first before a later one's."""
    rated = [release for release in releases if release.certification]
    return min(rated, key=lambda release: (release.kind, release.released_on)).certification if rated else None
