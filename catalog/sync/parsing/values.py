"""Single values out of TMDB's bodies: each function takes anything at all, and gives what a column can hold."""

import math
import re
from datetime import UTC, date, datetime
from typing import Any

Json = dict[str, Any]

LARGEST = 2**31 - 1
LARGEST_BIG = 2**63 - 1
# The first film is of 1874; what is dated long after today is a slip of the keyboard.
YEARS = range(1870, 2101)
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
WHOLE = re.compile(r"\d{1,19}(\.0+)?", re.ASCII)
IMAGE = re.compile(r"/[\w.-]{1,100}", re.ASCII)
REGION = re.compile(r"[A-Z]{2}")
LANGUAGE = re.compile(r"[a-z]{2,3}")
LINK = re.compile(r"https?://\S{1,1990}")


def text(value: Any, longest: int = 20_000) -> str:
    """The text without control characters and outer white space, cut to `longest`; a number becomes its digits."""
    if type(value) is int:
        value = str(value)
    if not isinstance(value, str):
        return ""
    return CONTROLS.sub("", value).strip()[:longest].rstrip()


def line(value: Any, longest: int = 500) -> str:
    """The text on one line."""
    return " ".join(text(value, 2 * longest).split())[:longest].rstrip()


def whole(value: Any, most: int = LARGEST) -> int | None:
    """A number from 0 to `most`, also when it is written as text or as `120.0`."""
    if isinstance(value, str):
        value = int(value.partition(".")[0]) if WHOLE.fullmatch(value) else None
    if isinstance(value, float):
        value = int(value) if value.is_integer() else None
    if type(value) is not int:
        return None
    return value if 0 <= value <= most else None


def identity(value: Any) -> int | None:
    """A TMDB id; there is none of 0."""
    return whole(value) or None


def number(value: Any) -> float:
    """A finite number that is not negative, else 0."""
    if isinstance(value, str) and WHOLE.fullmatch(value.replace(".", "", 1)):
        value = float(value)
    if type(value) not in {int, float} or not math.isfinite(value):
        return 0.0
    return min(max(float(value), 0.0), 1e12)


def flag(value: Any) -> bool:
    return value is True or value == "true" or (type(value) is int and value == 1)


def day(value: Any) -> date | None:
    """The day at the beginning of the text, where it can be a film's."""
    if not isinstance(value, str) or not DAY.match(value):
        return None
    try:
        told = date.fromisoformat(value[:10])
    except ValueError:
        return None
    return told if told.year in YEARS else None


def moment(value: Any) -> datetime | None:
    """The instant that the text names, in UTC, as it is assumed where no zone is named."""
    if not isinstance(value, str) or not DAY.match(value):
        return None
    try:
        told = datetime.fromisoformat(value.removesuffix(" UTC"))
        told = told.replace(tzinfo=told.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return told if told.year in YEARS else None


def image(value: Any) -> str:
    return value if isinstance(value, str) and IMAGE.fullmatch(value) else ""


def link(value: Any) -> str:
    """An address that a browser may be sent to."""
    told = text(value, 2000)
    return told if LINK.fullmatch(told) else ""


def region(value: Any) -> str:
    return value if isinstance(value, str) and REGION.fullmatch(value) else ""


def language(value: Any) -> str:
    return value if isinstance(value, str) and LANGUAGE.fullmatch(value) else ""


def mapping(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[Json]:
    """Those entries of a list that are objects."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def part(body: Json, name: str, key: str) -> list[Json]:
    """The entries of an appended part."""
    return objects(mapping(body.get(name)).get(key))
