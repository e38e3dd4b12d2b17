from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from notifications.models import Notification
from notifications.wording import text_of, url_of


@extend_schema_field({"type": "object", "additionalProperties": True})
class FactsField(serializers.JSONField):
    """What the notification is about, by kind."""


class NotificationSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.CharField(help_text="Such as `like`, `comment` or `mention`. There will be more.")
    data = FactsField(help_text="What it is about: ids and names, by kind.")
    text = serializers.CharField(help_text="One sentence, for a person.")
    url = serializers.CharField(allow_null=True, help_text="The path of the page that it is about, on this site.")
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)

    def to_representation(self, instance: Notification) -> dict[str, Any]:
        sender = {"username": instance.sender.username} if instance.sender else {}
        return {
            "id": instance.pk,
            "kind": instance.kind,
            "data": instance.data | sender,
            "text": text_of(instance),
            "url": url_of(instance),
            "created_at": instance.created_at,
            "read_at": instance.read_at,
        }


class UnreadSerializer(serializers.Serializer):
    count = serializers.IntegerField(min_value=0, help_text="Exact up to 1,000, where counting stops.")


class ReadSerializer(serializers.Serializer):
    count = serializers.IntegerField(min_value=0, help_text="How many were not read before.")
