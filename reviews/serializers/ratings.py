from typing import Any

from rest_framework import serializers

from catalog.models import Movie
from catalog.serializers.movies import MovieReferenceSerializer, MovieReferencesSerializer, score
from reviews.models import Rating
from reviews.models.ratings import VALUES
from reviews.scores import weighted
from reviews.serializers.fields import ValueField


class DistributionSerializer(serializers.Serializer):
    """How often each value was given."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {str(value): serializers.IntegerField(min_value=0) for value in VALUES}


class MovieRatingsSerializer(serializers.Serializer):
    """What members give a film; those who are suspended or shut out do not count."""

    average = serializers.FloatField(allow_null=True, help_text="1 to 10; null while nobody has rated it.")
    count = serializers.IntegerField(min_value=0)
    weighted = serializers.FloatField(
        allow_null=True,
        help_text="The average drawn towards that of all films until there are enough ratings: what lists rank by.",
    )
    distribution = DistributionSerializer()
    mine = ValueField(allow_null=True, help_text="Your own rating.")

    def to_representation(self, instance: Movie) -> dict[str, Any]:
        held = getattr(instance, "score", None)
        given = held.distribution if held else dict.fromkeys(VALUES, 0)
        return {
            **score(instance.rating_total, instance.rating_count),
            "weighted": round(weighted(held), 3) if held and instance.rating_count else None,
            "distribution": {str(value): number for value, number in given.items()},
            "mine": self.context["mine"],
        }


class RatingWritingSerializer(serializers.Serializer):
    value = ValueField()


class RatingSerializer(serializers.Serializer):
    """One of the caller's ratings."""

    movie = MovieReferenceSerializer()
    value = ValueField()
    rated_at = serializers.DateTimeField()

    class Meta:
        list_serializer_class = MovieReferencesSerializer

    @staticmethod
    def movie_of(row: Rating) -> Movie:
        return row.movie

    def to_representation(self, instance: Rating) -> dict[str, Any]:
        movie = MovieReferenceSerializer(instance.movie).data
        return {"movie": movie, "value": instance.value, "rated_at": instance.rated_at}
