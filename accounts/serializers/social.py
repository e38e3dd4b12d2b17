"""What is sent to sign in by a provider."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models.names import SIGNING_UP
from accounts.serializers.signing_in import PasswordField

SHOWN = ("id_token", "access_token", "code")
LONGEST = 8192
ONE_OF_THEM = _("Give one of id_token, access_token and code.")


class SocialSerializer(serializers.Serializer):
    """One of `id_token`, `access_token` and `code`."""

    id_token = serializers.CharField(max_length=LONGEST, required=False)
    access_token = serializers.CharField(max_length=LONGEST, required=False)
    code = serializers.CharField(max_length=LONGEST, required=False, help_text="With `redirect_uri`.")
    redirect_uri = serializers.CharField(max_length=2000, required=False, help_text="Where the code was sent to.")
    code_verifier = serializers.CharField(max_length=128, required=False, help_text="Of PKCE, for a code.")
    nonce = serializers.CharField(max_length=255, required=False, help_text="As your app gave it to the provider.")
    username = serializers.CharField(
        max_length=30, validators=SIGNING_UP, required=False, help_text="For a new account; else one is made up."
    )
    email = serializers.EmailField(
        max_length=254, required=False, help_text="For a new account whose provider tells no address."
    )
    password = PasswordField(required=False, help_text="Of the account that has the same address, to tie the two.")
    otp = serializers.CharField(
        max_length=32, required=False, allow_blank=True, help_text="Of an authenticator, or a recovery code."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if sum(name in attrs for name in SHOWN) != 1:
            raise serializers.ValidationError({"id_token": ONE_OF_THEM}, "required")
        if "code" in attrs and "redirect_uri" not in attrs:
            raise serializers.ValidationError({"redirect_uri": _("A code needs it.")}, "required")
        return attrs
