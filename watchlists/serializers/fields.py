"""Fields that take what they say and nothing that looks like it: `"8"` is no number, and `1` is no yes."""

from typing import Any

from django.core.exceptions import ValidationError
from rest_framework import serializers
from rest_framework.fields import get_error_detail

from catalog.filter_fields import BIGGEST_ID
from reviews.texts import tidied
from watchlists.list_items import FULL
from watchlists.models.tags import LONGEST_TAG, MOST_TAGS, tidy
from watchlists.watchlist import ABSENT, ADDED, ALREADY, MOST_AT_ONCE, REMOVED, UNKNOWN
from web.typed import TextField, WholeField

BIGGEST_PLACE = 1_000_000


class WordsField(TextField):
    """Text as it may be kept (`reviews.texts`)."""

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        try:
            return tidied(text, self.max_length) if text else text
        except ValidationError as fault:
            raise serializers.ValidationError(get_error_detail(fault)) from fault


class TagsField(serializers.ListField):
    child = WordsField(max_length=LONGEST_TAG)

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MOST_TAGS, **options)

    def to_internal_value(self, data: Any) -> list[str]:
        return list(dict.fromkeys(map(tidy, super().to_internal_value(data))))


def movie_id(**options: Any) -> WholeField:
    return WholeField(min_value=1, max_value=BIGGEST_ID, **{"help_text": "The film's TMDB id."} | options)


class PlaceSerializer(serializers.Serializer):
    """Where to put a film: one of the two, or neither."""

    position = WholeField(
        required=False, min_value=1, max_value=BIGGEST_PLACE, help_text="As number so and so, counted from 1."
    )
    after = movie_id(required=False, help_text="Right after the film of this TMDB id.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "position" in attrs and "after" in attrs:
            raise serializers.ValidationError({"after": "Give either a position or the film before it."}, "both")
        return attrs


class MoveSerializer(PlaceSerializer):
    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs.keys() & {"position", "after"}:
            raise serializers.ValidationError(
                {"position": "Say where to: a position, or the film before it."}, "required"
            )
        return super().validate(attrs)


class ManySerializer(serializers.Serializer):
    """Films to add and to take off, up to 500 together."""

    add = serializers.ListField(child=movie_id(), required=False, default=list, max_length=500)
    remove = serializers.ListField(child=movie_id(), required=False, default=list, max_length=500)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs["add"]) + len(attrs["remove"]) > MOST_AT_ONCE:
            raise serializers.ValidationError(f"Give {MOST_AT_ONCE} films at the most.", "too_many")
        if both := set(attrs["add"]) & set(attrs["remove"]):
            raise serializers.ValidationError({"remove": f"Both to add and to remove: {min(both)}."}, "both")
        return attrs


class ResultSerializer(serializers.Serializer):
    movie_id = serializers.IntegerField()
    result = serializers.ChoiceField(
        [ADDED, ALREADY, REMOVED, ABSENT, UNKNOWN, FULL],
        help_text="`unknown`: TMDB has no such film. `full`: the list has as many films as it may.",
    )


class ResultsSerializer(serializers.Serializer):
    """What became of each film, in the order asked."""

    results = ResultSerializer(many=True)
