"""The kinds of query parameters that lists are narrowed by: how each is read, and stands in the OpenAPI document."""

from typing import Any

from django import forms
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

from catalog.regions import DEFAULT_REGION

BIGGEST_ID = 2**31 - 1
MOST_IDS = 20
# As many services as a member may choose: see `catalog.my_services`.
MOST_PROVIDERS = 200
GRANTED, DENIED = "true", "false"


class IdListField(forms.CharField):
    """Up to `most` ids apart by commas, as in `28,12`."""

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def clean(self, value: str | None) -> list[int]:
        texts = [text.strip() for text in super().clean(value).split(",") if text.strip()]
        if not all(text.isascii() and text.isdecimal() and 0 < int(text[:11]) <= BIGGEST_ID for text in texts):
            raise forms.ValidationError("Give TMDB ids, apart by commas.", code="invalid")
        if len(texts) > self.most:
            raise forms.ValidationError(f"Give {self.most} ids at most.", code="max_length")
        return list(dict.fromkeys(map(int, texts)))


class IdList(filters.Filter):
    field_class = IdListField


class Number(filters.Filter):
    field_class = forms.IntegerField


class CodeField(forms.RegexField):
    """Two letters, whatever their case."""

    def __init__(self, **options: Any) -> None:
        super().__init__(r"^[A-Za-z]{2}\Z", error_messages={"invalid": "Give a code of two letters."}, **options)

    def clean(self, value: str | None) -> str:
        return super().clean(value).lower()


class RegionField(CodeField):
    def clean(self, value: str | None) -> str:
        return super().clean(value).upper()


class Language(filters.Filter):
    field_class = CodeField


class RegionFilter(filters.Filter):
    field_class = RegionField


def ids(text: str, method: str, most: int = MOST_IDS) -> IdList:
    pattern = f"^([1-9][0-9]{{0,8}}(,[1-9][0-9]{{0,8}}){{0,{most - 1}}})?$"
    schema = {"type": "string", "pattern": pattern, "description": text}
    return extend_schema_field(schema)(IdList(method=method, most=most, help_text=text))


def number(text: str, field: str, lookup: str = "exact", *, low: int, high: int) -> Number:
    # What is set to nothing is not set.
    given = [{"type": "integer", "minimum": low, "maximum": high}, {"type": "string", "maxLength": 0}]
    schema = {"anyOf": given, "description": text}
    options = {"min_value": low, "max_value": high, "help_text": text}
    return extend_schema_field(schema)(Number(field, lookup, **options))


def region(text: str, method: str = "skip") -> RegionFilter:
    schema = {"type": "string", "pattern": "^([A-Za-z]{2})?$", "default": DEFAULT_REGION, "description": text}
    return extend_schema_field(schema)(RegionFilter(method=method, help_text=text))


def day(text: str, method: str = "skip") -> filters.DateFilter:
    schema = {"type": "string", "anyOf": [{"format": "date"}, {"maxLength": 0}], "description": text}
    return extend_schema_field(schema)(filters.DateFilter(method=method, input_formats=["%Y-%m-%d"], help_text=text))


def language(text: str, field: str = "original_language") -> Language:
    schema = {"type": "string", "pattern": "^([A-Za-z]{2})?$", "description": text}
    return extend_schema_field(schema)(Language(field, help_text=text))


class Wish(filters.ChoiceFilter):
    """`true`, or `false`, which is the same as nothing."""

    def __init__(self, method: str, text: str) -> None:
        super().__init__(method=method, choices=[(GRANTED, GRANTED), (DENIED, DENIED)], help_text=text)


def wish(text: str, method: str) -> Wish:
    schema = {"type": "string", "enum": [GRANTED, DENIED, ""], "description": text}
    return extend_schema_field(schema)(Wish(method, text))
