"""Fields of the API that take what they say, and nothing that can be made into it."""

from typing import Any

from django.db import models
from rest_framework import serializers


class TextField(serializers.CharField):
    """Text, as long as the document says: the library would take a number's digits, and count without outer blanks."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        if self.max_length and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        return super().to_internal_value(data)


class WholeField(serializers.IntegerField):
    """A whole number: the library would take `"8"`, `8.0` and `true`."""

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            self.fail("invalid")
        return super().to_internal_value(data)


class YesNoField(serializers.BooleanField):
    """True or false: the library would take `1` and `"yes"`."""

    def to_internal_value(self, data: Any) -> bool | None:
        if type(data) is not bool and not (data is None and self.allow_null):
            self.fail("invalid", input=data)
        return data


class PatternField(TextField, serializers.RegexField):
    """Text that matches."""


class TypedModelSerializer(serializers.ModelSerializer):
    """Whose columns of text are told by text alone."""

    serializer_field_mapping = serializers.ModelSerializer.serializer_field_mapping | {
        models.CharField: TextField,
        models.TextField: TextField,
    }
