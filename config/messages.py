"""What a file of the embedded broker must hold, for kombu and Celery to take it without falling over it."""

import base64
import re
from pathlib import Path
from stat import S_ISREG
from typing import Any

from kombu.exceptions import ContentDisallowed, DecodeError
from kombu.serialization import loads as loads_body
from kombu.utils.json import loads

JSON, ENCODING = "application/json", "utf-8"
MOST_BYTES = 1_000_000  # ours hold a few ids
# What a hostile or broken text makes kombu's decoders raise.
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*")


class NoMessageError(Exception):
    """Why a file is no message, in a few words."""


def read(path: Path) -> dict[str, Any]:
    """The message in the file. Raises `NoMessageError`, also for what is no file, and never reads a huge one."""
    try:
        found = path.lstat()
        if not S_ISREG(found.st_mode):
            raise NoMessageError("it is not a file")
        if found.st_size > MOST_BYTES:
            raise NoMessageError(f"it is larger than {MOST_BYTES:,} bytes")
        payload = loads(path.read_text(encoding=ENCODING))
        fault = fault_of(payload)
    except OSError as fault:
        raise NoMessageError(f"it cannot be read: {fault.strerror}") from fault
    except (*UNREADABLE, ContentDisallowed, DecodeError) as fault:
        raise NoMessageError(f"it cannot be decoded: {fault}") from fault
    if fault:
        raise NoMessageError(fault)
    return payload


def fault_of(payload: Any) -> str:
    """What a decoded payload lacks, or nothing; raises what kombu's decoders do."""
    match payload:
        case {
            "headers": dict(headers),
            "body": str(body),
            "content-type": "application/json",
            "content-encoding": "utf-8",
            "properties": {
                "body_encoding": "base64",
                "delivery_info": {"exchange": str(), "routing_key": str()},
            },
        } if not headers.get("compression"):
            content = loads_body(base64.b64decode(body), JSON, ENCODING, accept=[JSON])
            return fault_of_task(headers, content)
    return "it has not the parts of a message"


def fault_of_task(headers: dict[str, Any], content: Any) -> str:
    """The same for a call of a task, as Celery writes it (its protocol 2); other messages have no such form."""
    if "task" not in headers:
        return "it calls a task in an old form" if isinstance(content, dict) and "task" in content else ""
    match headers, content:
        case {"task": str(), "id": str()}, [list(), dict(), dict()]:
            wrong = [name for name, check in CHECKS.items() if not check(headers.get(name))]
            return f"its header {wrong[0]} makes no sense" if wrong else ""
    return "it has not the parts of a call"


def _is_time(value: Any) -> bool:
    return value is None or (isinstance(value, str) and bool(TIME.fullmatch(value)))


def _is_time_limit(value: Any) -> bool:
    """Of a hard and a soft limit, each in seconds or none."""
    numbers = value or [None, None]
    is_pair = isinstance(numbers, list) and len(numbers) == 2
    return is_pair and all(number is None or isinstance(number, int | float) for number in numbers)


# Headers that Celery uses before, or outside, the call itself, where nothing catches what they do.
CHECKS = {
    "timelimit": _is_time_limit,
    "eta": _is_time,
    "expires": _is_time,
    "retries": lambda value: value is None or isinstance(value, int),
    "stamped_headers": lambda value: value is None or isinstance(value, list),
}
