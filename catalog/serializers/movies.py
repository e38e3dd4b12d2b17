from collections.abc import Iterable
from typing import Any

from django.db.models import F
from rest_framework import serializers

from catalog.images import BACKDROP_SIZES, POSTER_SIZES, image_urls
from catalog.languages import ENGLISH
from catalog.models import Collection, Genre, Movie
from catalog.rows import ROW_COLUMNS, genres_of
from catalog.serializers.pictures import BackdropSerializer, PosterSerializer
from catalog.wording import reword


class GenreSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="tmdb_id")
    name = serializers.CharField()

    def to_representation(self, instance: Genre) -> dict[str, Any]:
        return {"id": instance.pk, "name": instance.name}


class ScoreSerializer(serializers.Serializer):
    average = serializers.FloatField(allow_null=True, help_text="1 to 10; null while nobody has voted.")
    count = serializers.IntegerField()


class MovieReferencesSerializer(serializers.ListSerializer):
    """Films by name, in the reader's language."""

    def to_representation(self, data: Iterable[Any]) -> list[dict[str, Any]]:
        rows = list(data)
        reword((vars(self.child.movie_of(row)) for row in rows), self.context.get("language", ENGLISH))
        return [self.child.to_representation(row) for row in rows]


class MovieReferenceSerializer(serializers.Serializer):
    """As much of a film as is needed to show it by name."""

    id = serializers.IntegerField(help_text="The TMDB id.")
    title = serializers.CharField()
    release_date = serializers.DateField(allow_null=True)
    poster = PosterSerializer(allow_null=True)

    class Meta:
        list_serializer_class = MovieReferencesSerializer

    @staticmethod
    def movie_of(row: Any) -> Movie:
        """The film that a row is about."""
        return row

    def to_representation(self, instance: Movie) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "title": instance.title,
            "release_date": instance.released_on,
            "poster": image_urls(instance.poster_path, POSTER_SIZES),
        }


class MovieRowsSerializer(serializers.ListSerializer):
    """Films in a list, from dicts of `ROW_COLUMNS`; one query for the genres of all, one for a reader's language."""

    def to_representation(self, data: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        rows = list(data)
        reword(rows, self.context.get("language", ENGLISH))
        genres = genres_of([row["tmdb_id"] for row in rows])
        return [row_of(row, genres.get(row["tmdb_id"], [])) for row in rows]


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

    class Meta:
        list_serializer_class = MovieRowsSerializer

    def to_representation(self, instance: Movie) -> dict[str, Any]:
        genres = [{"id": genre.pk, "name": genre.name} for genre in instance.genres.all()]
        return row_of(vars(instance), genres)


def row_of(movie: dict[str, Any], genres: list[dict[str, Any]]) -> dict[str, Any]:
    """The body of a row, from a film's columns by name."""
    votes = movie["tmdb_vote_count"]
    return {
        "id": movie["tmdb_id"],
        "title": movie["title"],
        "release_date": movie["released_on"],
        "poster": image_urls(movie["poster_path"], POSTER_SIZES),
        "original_title": movie["original_title"],
        "original_language": movie["original_language"],
        "runtime": movie["runtime"],
        "genres": genres,
        "backdrop": image_urls(movie["backdrop_path"], BACKDROP_SIZES),
        "popularity": movie["popularity"],
        "tmdb_rating": {"average": movie["tmdb_vote_average"] if votes else None, "count": votes},
        "community_rating": score(movie["rating_total"], movie["rating_count"]),
    }


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
    movies = MovieRowSerializer(many=True, help_text="In the order of their release; those without a date last.")

    def to_representation(self, instance: Collection) -> dict[str, Any]:
        listed = instance.movies.listed().order_by(F("released_on").asc(nulls_last=True), "pk")
        movies = MovieRowSerializer(listed.values(*ROW_COLUMNS), many=True, context=self.context).data
        return super().to_representation(instance) | {"movies": movies}
