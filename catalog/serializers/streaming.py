from typing import Any

from rest_framework import serializers

from catalog.images import LOGO_SIZES, image_urls
from catalog.models import Movie, Offer, Provider, Region
from catalog.serializers.pictures import LogoSerializer
from catalog.serializers.times import moment

ATTRIBUTION = "Streaming data by JustWatch"


class ProviderSerializer(serializers.Serializer):
    id = serializers.IntegerField(help_text="The TMDB id.")
    name = serializers.CharField()
    logo = LogoSerializer(allow_null=True)

    def to_representation(self, instance: Provider) -> dict[str, Any]:
        return provider_of(instance)


def provider_of(provider: Provider) -> dict[str, Any]:
    return {"id": provider.pk, "name": provider.name, "logo": image_urls(provider.logo_path, LOGO_SIZES)}


class RegionSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="ISO 3166-1 alpha-2.")
    name = serializers.CharField()
    native_name = serializers.CharField(allow_blank=True)

    def to_representation(self, instance: Region) -> dict[str, Any]:
        return {"code": instance.code, "name": instance.name, "native_name": instance.native_name}


class OfferSerializer(ProviderSerializer):
    """A service that has a film."""

    first_seen_at = serializers.DateTimeField(help_text="When it was first seen there, and has been since.")


class StreamingSerializer(serializers.Serializer):
    """Where a film can be seen in one region, each kind in TMDB's order; `known` is false where nobody has said."""

    region = serializers.CharField(help_text="ISO 3166-1 alpha-2.")
    known = serializers.BooleanField()
    link = serializers.URLField(allow_null=True, help_text="The page that leads to each service.")
    attribution = serializers.CharField(help_text="Show it wherever you show the offers.")
    flatrate = OfferSerializer(many=True)
    free = OfferSerializer(many=True)
    ads = OfferSerializer(many=True)
    rent = OfferSerializer(many=True)
    buy = OfferSerializer(many=True)


def streaming_of(movie: Movie, region: str) -> dict[str, Any]:
    """The body of a `StreamingSerializer`, from the movie's `regional_offers` (prefetched with their providers)."""
    offers: list[Offer] = movie.regional_offers
    by_kind: dict[str, list[dict[str, Any]]] = {kind: [] for kind in Offer.Kind.values}
    for offer in offers:
        provider = provider_of(offer.provider)
        by_kind[offer.kind].append(provider | {"first_seen_at": moment(offer.first_seen_at)})
    link = next((offer.link for offer in offers if offer.link), None)
    return {"region": region, "known": bool(offers), "link": link, "attribution": ATTRIBUTION} | by_kind
