"""JSON in and out through orjson, and nothing but JSON."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import orjson
from django.utils.duration import duration_string
from django.utils.functional import Promise
from rest_framework.exceptions import ParseError
from rest_framework.metadata import SimpleMetadata
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import JSONParser as DRFJSONParser
from rest_framework.renderers import JSONRenderer as DRFJSONRenderer
from rest_framework.request import Request

OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


def to_json(data: Any) -> bytes:
    """The body for `data`: times in UTC with `Z`, decimals as text (as serializers have them), lazy strings as text."""
    return orjson.dumps(data, default=_plain, option=OPTIONS)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return _rfc3339(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_string(value)
    if isinstance(value, Decimal | Promise):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def _rfc3339(moment: datetime) -> str:
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return moment.replace(tzinfo=None).isoformat() + "Z"


class JSONRenderer(DRFJSONRenderer):
    """DRF's renderer, an order of magnitude faster."""

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else to_json(data)


class JSONParser(DRFJSONParser):
    """Strict JSON: UTF-8 only, no NaN or Infinity, no half of a surrogate pair; else a 400."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            return orjson.loads(stream.read())
        except orjson.JSONDecodeError as fault:
            raise ParseError(f"JSON parse error: {fault}") from fault


class Metadata(SimpleMetadata):
    """What `OPTIONS` answers: what the view is, not what each of its serializers takes, which the document tells."""

    def determine_actions(self, request: Request, view: Any) -> None:
        return None


class AlwaysJSON(DefaultContentNegotiation):
    """What is asked for in `Accept` or `?format=` changes nothing: the answer is JSON."""

    def select_renderer(self, request: Any, renderers: list, format_suffix: str | None = None) -> tuple:
        return renderers[0], renderers[0].media_type
