"""What the caller has to do with a film, as JSON."""

from typing import Any

from rest_framework import serializers

from activity.states import MOST_FILMS
from catalog.filter_fields import BIGGEST_ID

WANTED = "Give TMDB ids, apart by commas."
PATTERN = rf"^[1-9][0-9]{{0,9}}(,[1-9][0-9]{{0,9}}){{0,{MOST_FILMS - 1}}}$"


class StateSerializer(serializers.Serializer):
    """The caller's own of one film."""

    in_watchlist = serializers.BooleanField()
    favorite = serializers.BooleanField()
    watched = serializers.BooleanField(help_text="By the diary, or by the watchlist alone.")
    plays = serializers.IntegerField(min_value=0, help_text="How many times it is in the diary.")
    rating = serializers.IntegerField(min_value=1, max_value=10, allow_null=True)
    review_id = serializers.IntegerField(allow_null=True, help_text="Of the caller's own review, a draft too.")


class FilmStateSerializer(StateSerializer):
    movie_id = serializers.IntegerField(help_text="As it was asked for.")


class StatesSerializer(serializers.Serializer):
    results = FilmStateSerializer(many=True, help_text="In the order asked, each film once.")


class StatesQuery(serializers.Serializer):
    movie_ids = serializers.CharField(
        max_length=MOST_FILMS * 11, help_text=f"TMDB ids, apart by commas; {MOST_FILMS} at the most."
    )

    def validate_movie_ids(self, text: str) -> list[int]:
        words = [word.strip() for word in text.split(",") if word.strip()]
        if not words or not all(map(_is_id, words)):
            raise serializers.ValidationError(WANTED, "invalid")
        if len(words) > MOST_FILMS:
            raise serializers.ValidationError(f"Give {MOST_FILMS} ids at most.", "max_length")
        return list(dict.fromkeys(map(int, words)))


def _is_id(word: Any) -> bool:
    return word.isascii() and word.isdecimal() and 0 < int(word[:11]) <= BIGGEST_ID
