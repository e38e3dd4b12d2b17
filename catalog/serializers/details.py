from typing import Any

from rest_framework import serializers

from catalog.models import Movie, Video
from catalog.serializers.movies import CollectionReferenceSerializer, MovieRowSerializer
from catalog.serializers.people import CastSerializer, CrewSerializer, credits_of
from catalog.serializers.streaming import StreamingSerializer, streaming_of
from catalog.serializers.times import moment
from catalog.wording import ALL_TEXTS, reword


class TrailerSerializer(serializers.Serializer):
    name = serializers.CharField(allow_blank=True)
    site = serializers.CharField(help_text="YouTube or Vimeo.")
    key = serializers.CharField(help_text="The video's id at that site.")
    url = serializers.URLField(allow_null=True)
    language = serializers.CharField(allow_blank=True)
    is_official = serializers.BooleanField()
    published_at = serializers.DateTimeField(allow_null=True)

    WATCH_PAGES = {"YouTube": "https://www.youtube.com/watch?v=", "Vimeo": "https://vimeo.com/"}

    def to_representation(self, instance: Video) -> dict[str, Any]:
        page = self.WATCH_PAGES.get(instance.site)
        return {
            "name": instance.name,
            "site": instance.site,
            "key": instance.key,
            "url": page and page + instance.key,
            "language": instance.language,
            "is_official": instance.is_official,
            "published_at": moment(instance.published_at),
        }


class MovieSerializer(MovieRowSerializer):
    """All that is held of a film; the same for everyone who asks for the same region and language."""

    imdb_id = serializers.CharField(allow_null=True)
    tagline = serializers.CharField(allow_blank=True)
    overview = serializers.CharField(allow_blank=True)
    status = serializers.CharField(allow_blank=True, help_text="Such as Released or In Production.")
    homepage = serializers.CharField(allow_blank=True)
    countries = serializers.ListField(child=serializers.CharField(), help_text="ISO 3166-1 alpha-2.")
    spoken_languages = serializers.ListField(child=serializers.CharField(), help_text="ISO 639-1.")
    budget = serializers.IntegerField(allow_null=True, help_text="US dollars.")
    revenue = serializers.IntegerField(allow_null=True, help_text="US dollars.")
    certification = serializers.CharField(allow_null=True, help_text="The age rating in the region.")
    collection = CollectionReferenceSerializer(allow_null=True)
    keywords = serializers.ListField(child=serializers.CharField())
    cast = CastSerializer(many=True)
    crew = CrewSerializer(many=True)
    trailers = TrailerSerializer(many=True)
    streaming = StreamingSerializer()
    synced_at = serializers.DateTimeField(allow_null=True, help_text="When TMDB was last asked; null: only known of.")
    gone_at = serializers.DateTimeField(allow_null=True, help_text="Since when TMDB no longer has it.")
    merged_into = serializers.IntegerField(
        allow_null=True, help_text="The TMDB id of the film that has taken the place of this one, which is gone."
    )
    is_partial = serializers.BooleanField(help_text="Only known by name, while TMDB does not answer: ask again soon.")

    def to_representation(self, instance: Movie) -> dict[str, Any]:
        reword([vars(instance)], self.context["language"], ALL_TEXTS)
        facts = {name: getattr(instance, name) for name in self.AS_STORED}
        return super().to_representation(instance) | facts | credits_of(instance) | self.parts(instance)

    AS_STORED = ("tagline", "overview", "status", "homepage", "countries", "budget", "revenue")

    def parts(self, movie: Movie) -> dict[str, Any]:
        region = self.context["region"]
        return {
            "imdb_id": movie.imdb_id or None,
            "spoken_languages": movie.languages,
            "certification": next((release.certification for release in movie.certified_releases), None),
            "collection": CollectionReferenceSerializer(movie.collection).data if movie.collection else None,
            "keywords": [keyword.name for keyword in movie.keywords.all()],
            "trailers": TrailerSerializer(movie.trailers, many=True).data,
            "streaming": streaming_of(movie, region),
            "synced_at": moment(movie.synced_at),
            "gone_at": moment(movie.gone_at),
            "merged_into": movie.merged_into_id,
            "is_partial": movie.is_partial,
        }
