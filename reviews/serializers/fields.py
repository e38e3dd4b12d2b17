"""Fields that take what they say and nothing that looks like it: `"8"` is no number, and `1` is no yes."""

from typing import Any

from rest_framework import serializers

from reviews.models import HIGHEST, LOWEST
from web.typed import PatternField, WholeField

LANGUAGE = r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?)?$"


class ValueField(WholeField):
    """A rating."""

    def __init__(self, **options: Any) -> None:
        help_text = "A whole number; a half star is 1."
        super().__init__(**{"min_value": LOWEST, "max_value": HIGHEST, "help_text": help_text} | options)


class TypedField(serializers.CharField):
    """What somebody typed; `reviews.texts` says what of it may be kept."""

    def __init__(self, **options: Any) -> None:
        super().__init__(trim_whitespace=False, **options)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return data


class LanguageField(PatternField):
    """BCP 47: the language, and its region or script."""

    def __init__(self, **options: Any) -> None:
        super().__init__(LANGUAGE, **{"max_length": 12, "allow_blank": True} | options)
