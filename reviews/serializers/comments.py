from typing import Any

from rest_framework import serializers

from accounts.serializers.members import MemberNameSerializer
from reviews.models import LONGEST_COMMENT, Comment, Status
from reviews.serializers.fields import TypedField
from web.typed import WholeField

SHOWN = [status for status in Status.values if status != Status.DRAFT]


class CommentSerializer(serializers.Serializer):
    """A comment on a review, or an answer to one."""

    id = serializers.IntegerField()
    review_id = serializers.IntegerField()
    parent_id = serializers.IntegerField(allow_null=True, help_text="The comment that it answers.")
    author = MemberNameSerializer()
    body = serializers.CharField()
    html = serializers.CharField(help_text="The text rendered, and safe to show.")
    status = serializers.ChoiceField(SHOWN, help_text="Others see what is published, and nothing else.")
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)

    def to_representation(self, instance: Comment) -> dict[str, Any]:
        names = ("review_id", "parent_id", "body", "html", "status", "created_at", "edited_at")
        author = MemberNameSerializer(instance.author, context=self.context).data
        return {"id": instance.pk, "author": author} | {name: getattr(instance, name) for name in names}


class CommentWritingSerializer(serializers.Serializer):
    body = TypedField(max_length=LONGEST_COMMENT, help_text="Markdown, as in reviews.")
    parent_id = WholeField(
        required=False, allow_null=True, min_value=1, max_value=2**63 - 1, help_text="The comment that it answers."
    )


class CommentChangingSerializer(serializers.Serializer):
    body = TypedField(max_length=LONGEST_COMMENT, required=False, help_text="Markdown, as in reviews.")
