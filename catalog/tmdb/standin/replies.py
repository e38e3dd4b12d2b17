"""What goes back over the wire, and TMDB's own error bodies."""

from dataclasses import dataclass
from typing import Any

import orjson

Json = dict[str, Any]
JSON_TYPE = "application/json;charset=utf-8"

# Code: HTTP status and message, from TMDB's published table.
ERRORS = {
    5: (422, "Invalid parameters: Your request parameters are incorrect."),
    6: (404, "Invalid id: The pre-requisite id is invalid or not found."),
    7: (401, "Invalid API key: You must be granted a valid key."),
    9: (503, "Service offline: This service is temporarily offline, try again later."),
    10: (401, "Suspended API key: Access to your account has been suspended, contact TMDB."),
    11: (500, "Internal error: Something went wrong, contact TMDB."),
    20: (422, "Invalid date range: Should be a range no longer than 14 days."),
    21: (200, "Entry not found: The item you are trying to edit cannot be found."),
    22: (400, "Invalid page: Pages start at 1 and max at 500. They are expected to be an integer."),
    23: (400, "Invalid date: Format needs to be YYYY-MM-DD."),
    24: (504, "Your request to the backend server timed out. Try again."),
    25: (429, "Your request count ({count}) is over the allowed limit of {limit}."),
    27: (400, "Too many append to response objects: The maximum number of remote calls is 20."),
    34: (404, "The resource you requested could not be found."),
    42: (405, "This request method is not supported for this resource."),
    43: (502, "Couldn't connect to the backend server."),
}


class RefusedError(Exception):
    """Ends the answering of a call with one of TMDB's error codes."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Reply:
    """One response; `wire` says how it is sent: `whole`, `cut` half-way, or `reset` without a byte."""

    status: int
    body: bytes = b""
    content_type: str = JSON_TYPE
    headers: tuple[tuple[str, str], ...] = ()
    wire: str = "whole"


def as_json(body: Any, status: int = 200) -> Reply:
    return Reply(status, orjson.dumps(body))


def refused(code: int, *, headers: tuple[tuple[str, str], ...] = (), **numbers: int) -> Reply:
    """TMDB's error body for a code; `numbers` fill in the message."""
    status, message = ERRORS[code]
    body = {"success": False, "status_code": code, "status_message": message.format(**numbers)}
    return Reply(status, orjson.dumps(body), headers=headers)


def over_limit(limit: int, retry_after: int | None) -> Reply:
    headers = () if retry_after is None else (("Retry-After", str(retry_after)),)
    return refused(25, headers=headers, count=limit + 1, limit=limit)
