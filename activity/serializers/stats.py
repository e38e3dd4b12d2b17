"""A member's diary and ratings in numbers, as JSON."""

from collections.abc import Iterator
from typing import Any

from rest_framework import serializers

from activity.stats.counting import Numbers
from catalog.images import PROFILE_SIZES, image_urls
from catalog.rows import rows_of
from catalog.serializers.movies import GenreSerializer, MovieRowSerializer
from catalog.serializers.pictures import ProfileSerializer

FIRST_YEAR, LAST_YEAR = 1870, 2200


class YearQuery(serializers.Serializer):
    year = serializers.IntegerField(
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="Only what was seen, or rated, in that year (UTC); all of it without.",
    )


def count(text: str = "") -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, help_text=text)


class ViewingsOfMonthSerializer(serializers.Serializer):
    month = serializers.IntegerField(min_value=1, max_value=12)
    viewings = count()


class ViewingsOfWeekdaySerializer(serializers.Serializer):
    weekday = serializers.IntegerField(min_value=1, max_value=7, help_text="1 is Monday.")
    viewings = count()


class YearNumbersSerializer(serializers.Serializer):
    year = serializers.IntegerField()
    films = count()
    viewings = count()
    minutes = count()


class FilmsAndViewingsSerializer(serializers.Serializer):
    films = count()
    viewings = count()


class OfGenreSerializer(FilmsAndViewingsSerializer):
    genre = GenreSerializer()


class OfDecadeSerializer(FilmsAndViewingsSerializer):
    decade = serializers.IntegerField(help_text="Its first year, such as 1990.")


class OfCountrySerializer(FilmsAndViewingsSerializer):
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2.")


class OfLanguageSerializer(FilmsAndViewingsSerializer):
    language = serializers.CharField(help_text="The original's, ISO 639-1.")


class OfPersonSerializer(serializers.Serializer):
    id = serializers.IntegerField(help_text="The TMDB id.")
    name = serializers.CharField()
    profile = ProfileSerializer(allow_null=True)
    films = count()


class RewatchedSerializer(serializers.Serializer):
    movie = MovieRowSerializer()
    plays = count()


class StreakSerializer(serializers.Serializer):
    length = count()
    begins_on = serializers.DateField()
    ends_on = serializers.DateField()


class StreaksSerializer(serializers.Serializer):
    days = StreakSerializer(allow_null=True, help_text="The longest of days with a film each.")
    weeks = StreakSerializer(allow_null=True, help_text="The longest of weeks with a film each; they begin on Monday.")
    current_days = count("How many days the one has lasted that goes on.")


class ComparedSerializer(serializers.Serializer):
    movie = MovieRowSerializer()
    rating = serializers.IntegerField(min_value=1, max_value=10)
    mean = serializers.FloatField(help_text="What the other members gave it, or TMDB's voters where few did.")


class CommunitySerializer(serializers.Serializer):
    compared = count("How many of the ratings others have given enough of to be compared with.")
    mean_difference = serializers.FloatField(allow_null=True, help_text="Above nought where the member is kinder.")
    overrated = ComparedSerializer(many=True)
    underrated = ComparedSerializer(many=True)


class RatingNumbersSerializer(serializers.Serializer):
    count = count()
    average = serializers.FloatField(allow_null=True)
    histogram = serializers.DictField(child=serializers.IntegerField(), help_text="How many of each from 1 to 10.")
    community = CommunitySerializer()


class StatsSerializer(serializers.Serializer):
    """Lists are of the most first, but those by time; a viewing of which only the year is known is of no month."""

    year = serializers.IntegerField(allow_null=True)
    films = count("Different ones.")
    viewings = count()
    rewatches = count()
    minutes = count("Of films whose length is known.")
    by_year = YearNumbersSerializer(many=True)
    by_month = ViewingsOfMonthSerializer(many=True)
    by_weekday = ViewingsOfWeekdaySerializer(many=True)
    by_genre = OfGenreSerializer(many=True)
    by_decade = OfDecadeSerializer(many=True)
    by_country = OfCountrySerializer(many=True)
    by_language = OfLanguageSerializer(many=True)
    directors = OfPersonSerializer(many=True)
    actors = OfPersonSerializer(many=True)
    most_rewatched = RewatchedSerializer(many=True)
    streaks = StreaksSerializer()
    ratings = RatingNumbersSerializer(allow_null=True, help_text="Null where the member keeps their reviews from you.")

    def to_representation(self, instance: Numbers) -> dict[str, Any]:
        """Of the numbers as `activity.stats` gives them; two queries for the films they name."""
        rows = rows_of([*_named(instance)])
        shown = MovieRowSerializer(list(rows.values()), many=True, context=self.context).data
        movies = {row["id"]: row for row in shown}
        again = ((movies.get(pk), plays) for pk, plays in instance["most_rewatched"])
        return instance | {
            "directors": [_person(row) for row in instance["directors"]],
            "actors": [_person(row) for row in instance["actors"]],
            "most_rewatched": [{"movie": movie, "plays": plays} for movie, plays in again if movie],
            "ratings": instance["ratings"] and _with_movies(instance["ratings"], movies),
        }


def _named(numbers: Numbers) -> Iterator[int]:
    yield from (pk for pk, _ in numbers["most_rewatched"])
    community = numbers["ratings"]["community"] if numbers["ratings"] else {}
    for name in ("overrated", "underrated"):
        yield from (row["movie_id"] for row in community.get(name, ()))


def _person(row: dict[str, Any]) -> dict[str, Any]:
    profile = image_urls(row["profile_path"], PROFILE_SIZES)
    return {"id": row["id"], "name": row["name"], "profile": profile, "films": row["films"]}


def _with_movies(ratings: Numbers, movies: dict[int, dict[str, Any]]) -> Numbers:
    community = ratings["community"]
    named = {
        name: [
            {"movie": movies[row["movie_id"]], "rating": row["rating"], "mean": row["mean"]}
            for row in community[name]
            if row["movie_id"] in movies
        ]
        for name in ("overrated", "underrated")
    }
    return ratings | {"community": community | named}
