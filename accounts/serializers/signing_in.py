"""What is sent to sign up, in, on and out, and what comes back."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import Session
from accounts.models.names import SIGNING_UP
from accounts.serializers.users import UserSerializer
from web.typed import TextField

LONGEST_PASSWORD = 1024
LONGEST_TOKEN = 4096


class PasswordField(serializers.CharField):
    """Any text: white space counts, too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST_PASSWORD, trim_whitespace=False, write_only=True, **options)


class RegistrationSerializer(serializers.Serializer):
    email = serializers.EmailField(max_length=254)
    username = TextField(max_length=30, validators=SIGNING_UP)
    password = PasswordField()
    display_name = TextField(max_length=60, required=False, allow_blank=True)


class SignInSerializer(serializers.Serializer):
    """By `username` or by `email`."""

    username = serializers.CharField(max_length=254, required=False)
    email = serializers.CharField(max_length=254, required=False)
    password = PasswordField()
    otp = serializers.CharField(
        max_length=32, required=False, allow_blank=True, help_text="Of an authenticator, or a recovery code."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not (attrs.get("username") or attrs.get("email")):
            raise serializers.ValidationError({"username": _("Give a username or an e-mail address.")}, "required")
        return attrs


class PairSerializer(serializers.Serializer):
    access = serializers.CharField(help_text="For `Authorization: Bearer`; good for ten minutes.")
    refresh = serializers.CharField(help_text="Good once, for a new pair; for thirty days.")


class SignedInSerializer(PairSerializer):
    user = UserSerializer()


class RegisteredSerializer(serializers.Serializer):
    """With tokens, unless the address must be confirmed first: then with `detail`."""

    user = UserSerializer()
    access = serializers.CharField(required=False)
    refresh = serializers.CharField(required=False)
    detail = serializers.CharField(required=False)


class RefreshSerializer(serializers.Serializer):
    refresh = serializers.CharField(max_length=LONGEST_TOKEN)


class SignOutSerializer(serializers.Serializer):
    """`refresh` ends its session, `all` every one of the caller's."""

    refresh = serializers.CharField(max_length=LONGEST_TOKEN, required=False)
    all = serializers.BooleanField(required=False, default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not (attrs["all"] or attrs.get("refresh")):
            raise serializers.ValidationError({"refresh": _("Give the refresh token, or all.")}, "required")
        return attrs


class PasswordChangeSerializer(serializers.Serializer):
    password = PasswordField(help_text="The present one.")
    new_password = PasswordField()


class AddressSerializer(serializers.Serializer):
    email = serializers.EmailField(max_length=254)


class PasswordResetSerializer(serializers.Serializer):
    key = serializers.CharField(max_length=200, help_text="From the link in the mail.")
    password = PasswordField()


class ConfirmationSerializer(serializers.Serializer):
    key = serializers.CharField(max_length=200, help_text="From the link in the mail.")


class SessionSerializer(serializers.ModelSerializer):
    is_current = serializers.SerializerMethodField(help_text="Whether this very call is of it.")

    class Meta:
        model = Session
        fields = ["id", "device", "address", "created_at", "last_seen_at", "is_current"]

    def get_is_current(self, session: Session) -> bool:
        return session.pk == self.context["request"].auth
