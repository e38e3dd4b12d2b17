"""What those whom one follows did, as JSON."""

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import Truncator
from rest_framework import serializers

from accounts.serializers.members import MemberNameSerializer
from activity.feed import Item
from activity.feed.kinds import KINDS
from catalog.serializers.movies import MovieRowSerializer

EXCERPT = 280
# As `reviews.markdown` renders one.
SPOILER = re.compile(r'<span class="spoiler">.*?</span>', re.DOTALL)


class FeedMovieSerializer(MovieRowSerializer):
    rating = serializers.IntegerField(
        allow_null=True, min_value=1, max_value=10, help_text="What the member gave it with this."
    )


class FeedReviewSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    excerpt = serializers.CharField(
        allow_blank=True, help_text=f"The first {EXCERPT} characters, spoilers left out; nothing of one that tells all."
    )
    contains_spoilers = serializers.BooleanField()
    like_count = serializers.IntegerField(min_value=0)
    comment_count = serializers.IntegerField(min_value=0)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        text = "" if instance.contains_spoilers else unescape(strip_tags(SPOILER.sub("…", instance.html)))
        return {
            "id": instance.pk,
            "excerpt": Truncator(" ".join(text.split())).chars(EXCERPT),
            "contains_spoilers": instance.contains_spoilers,
            "like_count": instance.like_count,
            "comment_count": instance.comment_count,
        }


class FeedListSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    item_count = serializers.IntegerField(min_value=0)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return {"id": instance.pk, "name": instance.name, "item_count": instance.item_count}


class FeedItemsSerializer(serializers.ListSerializer):
    """All films of a page are shown at once: one query for their genres, one for the reader's language."""

    def to_representation(self, data: Iterable[Item]) -> list[dict[str, Any]]:
        items = list(data)
        movies = {film.movie["tmdb_id"]: film.movie for item in items for film in item.films}
        rows = MovieRowSerializer(list(movies.values()), many=True, context=self.context).data
        shown = {row["id"]: row for row in rows}
        return [self.child.row(item, shown) for item in items]


class FeedItemSerializer(serializers.Serializer):
    """What one member did of one kind, within some hours."""

    id = serializers.CharField(help_text="The same as long as the item grows.")
    kind = serializers.ChoiceField([kind.name for kind in KINDS])
    at = serializers.DateTimeField(help_text="Of the last act.")
    user = MemberNameSerializer()
    count = serializers.IntegerField(min_value=1, help_text="How many acts these are; the last ones are shown.")
    movies = FeedMovieSerializer(many=True, help_text="Six at the most, the last first.")
    rating = serializers.IntegerField(
        allow_null=True, min_value=1, max_value=10, help_text="That goes with it, where it is one act."
    )
    review = FeedReviewSerializer(allow_null=True)
    list = FeedListSerializer(allow_null=True, help_text="That was made, or into which the films were put.")
    members = MemberNameSerializer(many=True, help_text="Who was followed: six at the most, the last first.")

    class Meta:
        list_serializer_class = FeedItemsSerializer

    def row(self, item: Item, movies: dict[int, dict[str, Any]]) -> dict[str, Any]:
        person = MemberNameSerializer(context=self.context).to_representation
        return {
            "id": item.id,
            "kind": item.kind,
            "at": item.at,
            "user": person(item.user),
            "count": item.count,
            "movies": [movies[film.movie["tmdb_id"]] | {"rating": film.rating} for film in item.films],
            "rating": item.rating,
            "review": FeedReviewSerializer().to_representation(item.review) if item.review else None,
            "list": FeedListSerializer().to_representation(item.list) if item.list else None,
            "members": [person(member) for member in item.members],
        }
