"""A member, as they see themselves."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts import pictures
from accounts.models import User
from catalog.languages import LONGEST_TAG, supported
from web.typed import TypedModelSerializer


class UserSerializer(serializers.ModelSerializer):
    """Oneself, in short."""

    class Meta:
        model = User
        fields = ["username", "email", "display_name", "joined_at"]
        read_only_fields = fields


class RegionField(serializers.RegexField):
    """ISO 3166-1 alpha-2, in capitals; empty where none is chosen."""

    def __init__(self, **options: Any) -> None:
        told = {"invalid": _("Give two letters, as in FR.")}
        super().__init__(r"\A[A-Za-z]{2}\Z", required=False, allow_blank=True, error_messages=told, **options)

    def to_internal_value(self, data: Any) -> str:
        return super().to_internal_value(data).upper()


class LanguageField(serializers.CharField):
    """BCP 47; the nearest of those that texts are held in."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST_TAG, required=False, allow_blank=True, **options)

    def to_internal_value(self, data: Any) -> str:
        found = supported(super().to_internal_value(data))
        if found is None:
            raise serializers.ValidationError(_("This language is not known. Give one like fr or pt-BR."))
        return found


class PictureField(serializers.FileField):
    """Given as a file, told as an address; null for none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, allow_null=True, **options)

    def to_internal_value(self, data: Any) -> bytes:
        return pictures.encoded(super().to_internal_value(data))

    def to_representation(self, value: str) -> str | None:
        return pictures.address(self.context["request"], value)


class OwnProfileSerializer(TypedModelSerializer):
    """Oneself; the e-mail address and the username do not change here."""

    region, language = RegionField(), LanguageField()
    avatar = PictureField(help_text="JPEG, PNG, WebP or GIF of 2 MB at most, cut to a square; null for none.")

    class Meta:
        model = User
        fields = [
            "username",
            "email",
            "display_name",
            "bio",
            "avatar",
            "region",
            "language",
            "follower_count",
            "following_count",
            "joined_at",
            "erased_from",
        ]
        read_only_fields = ["username", "email", "follower_count", "following_count", "joined_at", "erased_from"]
