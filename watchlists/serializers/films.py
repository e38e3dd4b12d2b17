"""Rows about films: a member's entries, favorites, viewings, items of lists."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from catalog.languages import ENGLISH
from catalog.rows import rows_of
from catalog.serializers.movies import MovieRowSerializer


def film_bodies(movie_ids: list[int], language: str) -> dict[int, dict[str, Any]]:
    """The films' bodies by their ids, tombstones too; two queries, and one for a language that is not English."""
    rows = list(rows_of(movie_ids).values())
    return {body["id"]: body for body in MovieRowSerializer(rows, many=True, context={"language": language}).data}


class OfFilmsSerializer(serializers.ListSerializer):
    """Rows with a film each, all of which are read together."""

    def to_representation(self, data: Iterable[Any]) -> list[dict[str, Any]]:
        rows = list(data)
        films = film_bodies([row.movie_id for row in rows], self.context.get("language", ENGLISH))
        more = self.child.read_together(rows)
        return [self.child.body(row, films[row.movie_id], more) for row in rows]


class OfFilmSerializer(serializers.Serializer):
    """A row about a film. `body` makes it, of what `read_together` found for all."""

    movie = MovieRowSerializer()

    class Meta:
        list_serializer_class = OfFilmsSerializer

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return type(self)([instance], many=True, context=self.context).data[0]

    def read_together(self, rows: list[Any]) -> Any:
        return None

    def body(self, row: Any, film: dict[str, Any], more: Any) -> dict[str, Any]:
        raise NotImplementedError
