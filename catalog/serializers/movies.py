from typing import Any

from rest_framework import serializers

from catalog.images import BACKDROP_SIZES, POSTER_SIZES, image_urls
from catalog.models import Collection, Genre, Movie
from catalog.serializers.pictures import BackdropSerializer, PosterSerializer


class GenreSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="tmdb_id")
    name = serializers.CharField()

    def to_representation(self, instance: Genre) -> dict[str, Any]:
        return {"id": instance.pk, "name": instance.name}


class ScoreSerializer(serializers.Serializer):
    average = serializers.FloatField(allow_null=True, help_text="1 to 10; null while nobody has voted.")
    count = serializers.IntegerField()


class MovieReferenceSerializer(serializers.Serializer):
    """As much of a film as is needed to show it by name."""

    id = serializers.IntegerField(help_text="The TMDB id.")
    title = serializers.CharField()
    release_date = serializers.DateField(allow_null=True)
    poster = PosterSerializer(allow_null=True)

    def to_representation(self, instance: Movie) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "title": instance.title,
            "release_date": instance.released_on,
            "poster": image_urls(instance.poster_path, POSTER_SIZES),
        }


class MovieRowSerializer(MovieReferenceSerializer):
    """A film in a list."""

    original_title = serializers.CharField()
    original_language = serializers.CharField(help_text="ISO 639-1.")
    runtime = serializers.IntegerField(allow_null=True, help_text="Minutes.")
    genres = GenreSerializer(many=True)
    backdrop = BackdropSerializer(allow_null=True)
    popularity = serializers.FloatField()
    tmdb_rating = ScoreSerializer()
    community_rating = ScoreSerializer(help_text="Of this site's own members.")

    def to_representation(self, instance: Movie) -> dict[str, Any]:
        return super().to_representation(instance) | {
            "original_title": instance.original_title,
            "original_language": instance.original_language,
            "runtime": instance.runtime,
            "genres": [{"id": genre.pk, "name": genre.name} for genre in instance.genres.all()],
            "backdrop": image_urls(instance.backdrop_path, BACKDROP_SIZES),
            "popularity": instance.popularity,
            "tmdb_rating": tmdb_score(instance),
            "community_rating": score(instance.rating_total, instance.rating_count),
        }


def tmdb_score(movie: Movie) -> dict[str, Any]:
    return {"average": movie.tmdb_vote_average if movie.tmdb_vote_count else None, "count": movie.tmdb_vote_count}


def score(total: float, count: int) -> dict[str, Any]:
    return {"average": round(total / count, 2) if count else None, "count": count}


class CollectionReferenceSerializer(serializers.Serializer):
    id = serializers.IntegerField(help_text="The TMDB id.")
    name = serializers.CharField()
    poster = PosterSerializer(allow_null=True)
    backdrop = BackdropSerializer(allow_null=True)

    def to_representation(self, instance: Collection) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "name": instance.name,
            "poster": image_urls(instance.poster_path, POSTER_SIZES),
            "backdrop": image_urls(instance.backdrop_path, BACKDROP_SIZES),
        }


class CollectionSerializer(CollectionReferenceSerializer):
    movies = MovieRowSerializer(many=True, help_text="In the order of their release.")

    def to_representation(self, instance: Collection) -> dict[str, Any]:
        movies = MovieRowSerializer(instance.listed_movies, many=True).data
        return super().to_representation(instance) | {"movies": movies}
