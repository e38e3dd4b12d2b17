"""What the document tells of text that is sent: PostgreSQL's holds no NUL, and white space alone is often nothing."""

from typing import Any

from rest_framework import serializers

# What Python takes for white space: `\s`, whose meaning other languages share but for four control characters.
WRITTEN = r"^[^\x00]*$"
NOT_BLANK = r"^[^\x00]*[^\s\x00\x1c-\x1f][^\x00]*$"


def tell_of_text(serializer: serializers.Serializer, schema: dict[str, Any]) -> None:
    """Adds to the schema of the serializer's request what each text may be, where nothing narrower is told of it."""
    for name, field in serializer.fields.items():
        told = schema.get("properties", {}).get(name, {})
        is_open = "string" in told.get("type", ()) and not {"pattern", "format", "enum"} & told.keys()
        if is_open and isinstance(field, serializers.CharField):
            told["pattern"] = NOT_BLANK if field.trim_whitespace and not field.allow_blank else WRITTEN
