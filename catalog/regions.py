"""The region a reader means when they name none, and the query parameter by which they name one."""

from rest_framework import serializers

DEFAULT_REGION = "US"


class RegionQuery(serializers.Serializer):
    region = serializers.RegexField(
        r"^[A-Za-z]{2}\Z",
        default=DEFAULT_REGION,
        help_text="ISO 3166-1 alpha-2.",
        error_messages={"invalid": "Give two letters, as in FR."},
    )

    def validate_region(self, value: str) -> str:
        return value.upper()
