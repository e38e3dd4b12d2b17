from typing import Any

from rest_framework import serializers

from catalog.images import PROFILE_SIZES, image_urls
from catalog.models import Credit, Movie, Person
from catalog.serializers.movies import MovieReferenceSerializer
from catalog.serializers.pictures import ProfileSerializer


class CreditedSerializer(serializers.Serializer):
    id = serializers.IntegerField(help_text="The person's TMDB id.")
    name = serializers.CharField()
    profile = ProfileSerializer(allow_null=True)


class CastSerializer(CreditedSerializer):
    character = serializers.CharField(allow_blank=True)

    def to_representation(self, instance: Credit) -> dict[str, Any]:
        return person_of(instance) | {"character": instance.character}


class CrewSerializer(CreditedSerializer):
    job = serializers.CharField(allow_blank=True)

    def to_representation(self, instance: Credit) -> dict[str, Any]:
        return person_of(instance) | {"job": instance.job}


def person_of(credit: Credit) -> dict[str, Any]:
    person = credit.person
    return {"id": person.pk, "name": person.name, "profile": image_urls(person.profile_path, PROFILE_SIZES)}


class CreditsSerializer(serializers.Serializer):
    id = serializers.IntegerField(help_text="The film's TMDB id.")
    cast = CastSerializer(many=True)
    crew = CrewSerializer(many=True)

    def to_representation(self, instance: Movie) -> dict[str, Any]:
        return {"id": instance.pk} | credits_of(instance)


def credits_of(movie: Movie) -> dict[str, Any]:
    by_kind: dict[str, list[Credit]] = {Credit.Kind.CAST: [], Credit.Kind.CREW: []}
    for credit in movie.credits.all():
        by_kind[credit.kind].append(credit)
    return {
        "cast": CastSerializer(by_kind[Credit.Kind.CAST], many=True).data,
        "crew": CrewSerializer(by_kind[Credit.Kind.CREW], many=True).data,
    }


class PersonRowSerializer(serializers.Serializer):
    id = serializers.IntegerField(help_text="The TMDB id.")
    name = serializers.CharField()
    known_for = serializers.CharField(allow_blank=True, help_text="The department they are best known in.")
    profile = ProfileSerializer(allow_null=True)
    popularity = serializers.FloatField()

    def to_representation(self, instance: Person) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "name": instance.name,
            "known_for": instance.known_for,
            "profile": image_urls(instance.profile_path, PROFILE_SIZES),
            "popularity": instance.popularity,
        }


class PartSerializer(MovieReferenceSerializer):
    """A film in a filmography, and what the person did in it."""

    kind = serializers.ChoiceField(choices=Credit.Kind.choices)
    character = serializers.CharField(allow_blank=True)
    job = serializers.CharField(allow_blank=True)

    @staticmethod
    def movie_of(row: Credit) -> Movie:
        return row.movie

    def to_representation(self, instance: Credit) -> dict[str, Any]:
        movie = super().to_representation(instance.movie)
        return movie | {"kind": instance.kind, "character": instance.character, "job": instance.job}


class PersonSerializer(PersonRowSerializer):
    filmography = PartSerializer(many=True, help_text="The newest first; films without a date before them.")

    def to_representation(self, instance: Person) -> dict[str, Any]:
        parts = PartSerializer(instance.listed_credits, many=True, context=self.context).data
        return super().to_representation(instance) | {"filmography": parts}
