from typing import Any

from rest_framework import serializers

from accounts import pictures
from accounts.models import User


class AuthorSerializer(serializers.Serializer):
    """Who wrote it."""

    username = serializers.CharField()
    display_name = serializers.CharField(allow_blank=True)
    avatar = serializers.URLField(allow_null=True)

    def to_representation(self, instance: User) -> dict[str, Any]:
        picture = pictures.address(self.context["request"], instance.avatar)
        return {"username": instance.username, "display_name": instance.display_name, "avatar": picture}
