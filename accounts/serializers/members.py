"""A member by name and picture, as everything that names one shows them."""

from typing import Any

from rest_framework import serializers

from accounts import pictures
from accounts.models import User


class MemberNameSerializer(serializers.Serializer):
    """A member by name and picture."""

    username = serializers.CharField()
    display_name = serializers.CharField(allow_blank=True)
    avatar = serializers.URLField(allow_null=True)

    def to_representation(self, instance: User) -> dict[str, Any]:
        return self.name_of(instance)

    def name_of(self, person: User) -> dict[str, Any]:
        picture = pictures.address(self.context["request"], person.avatar)
        return {"username": person.username, "display_name": person.display_name, "avatar": picture}
