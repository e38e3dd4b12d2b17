"""What is said against a review or comment, and what was decided about the caller."""

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers
from rest_framework.fields import get_error_detail

from reviews.models import Decision, Reason, Report
from reviews.models.moderation import LONGEST_APPEAL, LONGEST_NOTE
from reviews.texts import tidied
from web.typed import TextField


class ProseField(TextField):
    """What a member writes, tidied."""

    def __init__(self, longest: int, **options: object) -> None:
        self.longest = longest
        super().__init__(max_length=longest, **options)

    def to_internal_value(self, data: object) -> str:
        text = super().to_internal_value(data)
        if not text:
            return text
        try:
            return tidied(text, self.longest)
        except ValidationError as fault:
            raise serializers.ValidationError(get_error_detail(fault)) from fault


class ReportSerializer(serializers.ModelSerializer):
    reason = serializers.ChoiceField(Reason)
    note = ProseField(LONGEST_NOTE, required=False, allow_blank=True, help_text="What the moderators should know.")

    class Meta:
        model = Report
        fields = ["reason", "note", "created_at"]
        read_only_fields = ["created_at"]


class AppealSerializer(serializers.Serializer):
    text = ProseField(LONGEST_APPEAL, help_text="Why you think that it is wrong; once.")
    made_at = serializers.DateTimeField(read_only=True)
    answered_at = serializers.DateTimeField(read_only=True, allow_null=True)
    is_granted = serializers.BooleanField(read_only=True, allow_null=True)
    answer = serializers.CharField(read_only=True)


@extend_schema_serializer(component_name="ModerationDecision")
class DecisionSerializer(serializers.ModelSerializer):
    """Nothing of who decided, or who reported."""

    kind = serializers.ChoiceField([kind for kind in Decision.Kind.choices if kind[0] != "dismiss"])
    review_id = serializers.IntegerField(source="case.review_id", allow_null=True, default=None)
    comment_id = serializers.IntegerField(source="case.comment_id", allow_null=True, default=None)
    appeal = AppealSerializer(allow_null=True)

    class Meta:
        model = Decision
        fields = ["id", "kind", "reason", "until", "made_at", "undone_at", "review_id", "comment_id", "appeal"]

    def to_representation(self, instance: Decision) -> dict:
        body = super().to_representation(instance)
        return body | {"appeal": body.get("appeal")}
