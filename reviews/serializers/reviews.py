from typing import Any

from rest_framework import serializers

from accounts.serializers.members import MemberNameSerializer
from catalog.serializers.movies import MovieReferenceSerializer, MovieReferencesSerializer
from reviews.models import LONGEST_REVIEW, Review, ReviewRevision, Status
from reviews.serializers.fields import LanguageField, TypedField, ValueField
from web.typed import YesNoField

GIVEN = [Status.DRAFT, Status.PUBLISHED]
BODY = "Markdown of a small part: emphasis, links, quotes, lists, code, `>!spoilers!<` and `@mentions`."


class ReviewSerializer(serializers.Serializer):
    """A review, for who may see it. The text is given also where it contains spoilers: apps fold it."""

    id = serializers.IntegerField()
    movie = MovieReferenceSerializer()
    author = MemberNameSerializer()
    rating = ValueField(allow_null=True, help_text="What its author gives the film now.")
    body = serializers.CharField(help_text=BODY)
    html = serializers.CharField(help_text="The text rendered, and safe to show.")
    contains_spoilers = serializers.BooleanField()
    language = serializers.CharField(allow_blank=True, help_text="BCP 47, as its author says.")
    status = serializers.ChoiceField(Status.values, help_text="Others see what is published, and nothing else.")
    created_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True)
    edited_at = serializers.DateTimeField(allow_null=True)
    like_count = serializers.IntegerField(min_value=0)
    comment_count = serializers.IntegerField(min_value=0)
    liked = serializers.BooleanField(help_text="Whether you like it.")

    AS_STORED = (
        *("rating", "body", "html", "contains_spoilers", "language", "status", "created_at", "published_at"),
        *("edited_at", "like_count", "comment_count", "liked"),
    )

    class Meta:
        list_serializer_class = MovieReferencesSerializer

    @staticmethod
    def movie_of(row: Review) -> Any:
        return row.movie

    def to_representation(self, instance: Review) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "movie": MovieReferenceSerializer(instance.movie).data,
            "author": MemberNameSerializer(instance.author, context=self.context).data,
            **{name: getattr(instance, name) for name in self.AS_STORED},
        }


class ReviewWritingSerializer(serializers.Serializer):
    body = TypedField(max_length=LONGEST_REVIEW, help_text=BODY)
    contains_spoilers = YesNoField(default=False)
    language = LanguageField(default="", help_text="BCP 47, such as `en` or `pt-BR`.")
    status = serializers.ChoiceField(GIVEN, default=Status.PUBLISHED)
    rating = ValueField(required=False, allow_null=True)


class ReviewChangingSerializer(serializers.Serializer):
    """What is not named stays as it is."""

    body = TypedField(required=False, max_length=LONGEST_REVIEW, help_text=BODY)
    contains_spoilers = YesNoField(required=False)
    language = LanguageField(required=False, help_text="BCP 47, such as `en` or `pt-BR`.")
    status = serializers.ChoiceField(GIVEN, required=False, help_text="`published` publishes a draft.")
    rating = ValueField(required=False, allow_null=True, help_text="`null` takes the rating back.")


class RevisionSerializer(serializers.Serializer):
    """What a review said before it was edited."""

    body = serializers.CharField()
    contains_spoilers = serializers.BooleanField()
    saved_at = serializers.DateTimeField(help_text="Until when it said so.")

    def to_representation(self, instance: ReviewRevision) -> dict[str, Any]:
        return {name: getattr(instance, name) for name in ("body", "contains_spoilers", "saved_at")}
