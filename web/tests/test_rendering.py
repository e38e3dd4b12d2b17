"""What JSON is made of: times in UTC, text that is still text, and numbers that are numbers."""

from collections import OrderedDict
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import orjson
import pytest
from django.db import models
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ErrorDetail
from rest_framework.utils.serializer_helpers import ReturnDict

from web.rendering import to_json


class Kind(models.TextChoices):
    FILM = "film", "Film"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (datetime(2026, 5, 1, 12, 30, tzinfo=UTC), "2026-05-01T12:30:00Z"),
        (datetime(2026, 5, 1, 12, 30, 0, 5, tzinfo=timezone(timedelta(hours=2))), "2026-05-01T10:30:00.000005Z"),
        (date(2026, 5, 1), "2026-05-01"),
        (time(8, 5), "08:05:00"),
        (timedelta(days=1, seconds=5), "1 00:00:05"),
        (Decimal("7.10"), "7.10"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (gettext_lazy("yes"), "yes"),
        (lazystr("later"), "later"),
        (mark_safe("<b>"), "<b>"),
        (ErrorDetail("no", "invalid"), "no"),
        (Kind.FILM, "film"),
        (OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
        ({1: "one", None: "none"}, {"1": "one", "null": "none"}),
        ({"set"}, ["set"]),
        ((n for n in (1, 2)), [1, 2]),
        (float("nan"), None),
        ("🎬 \u2028 \x00", "🎬 \u2028 \x00"),
    ],
)
def test_a_value_is_shown_as(value, shown):
    assert orjson.loads(to_json({"value": value})) == {"value": shown}


def test_a_serializer_s_own_containers_are_plain_objects():
    assert to_json(ReturnDict({"a": [1]}, serializer=None)) == b'{"a":[1]}'


def test_what_has_no_place_in_json_is_refused():
    with pytest.raises(TypeError):
        to_json({"value": b"bytes"})
