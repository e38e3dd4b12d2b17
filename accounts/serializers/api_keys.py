"""Keys for apps, as their owner sees them."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import ApiKey
from web.typed import TypedModelSerializer


class ApiKeySerializer(TypedModelSerializer):
    scopes = serializers.ListField(child=serializers.ChoiceField(["read", "write"]), min_length=1, max_length=2)

    class Meta:
        model = ApiKey
        fields = [
            "id",
            "name",
            "prefix",
            "scopes",
            "created_at",
            "expires_at",
            "last_used_at",
            "former_until",
        ]
        read_only_fields = ["id", "prefix", "created_at", "last_used_at", "former_until"]

    def validate_expires_at(self, value: Any) -> Any:
        if value is not None and value <= timezone.now():
            raise serializers.ValidationError(_("This time is past."))
        return value

    def validate_scopes(self, value: list[str]) -> list[str]:
        """To write is to read, too."""
        return ["read", "write"] if "write" in value else ["read"]


class NewApiKeySerializer(ApiKeySerializer):
    """With the secret, which is shown this once."""

    key = serializers.CharField(read_only=True, help_text="For `Authorization: Api-Key`; it is not shown again.")

    class Meta(ApiKeySerializer.Meta):
        fields = [*ApiKeySerializer.Meta.fields, "key"]
