"""What may go wrong between us and TMDB, by what is to be done about it, and the table that tells which it is."""

from typing import Any

UNKNOWN_KEY = frozenset({3, 7, 10, 14, 16, 17, 31, 32, 33, 35, 36, 38, 39, 45})
UNKNOWN_ID = frozenset({6, 34, 37})
TOO_MANY_CALLS = 25
OUR_FAULT = frozenset({4, 5, 18, 19, 20, 22, 23, 27, 28, 29, 42, 47})
NO_SENSE = 21
SHOWN = 200


class TMDBError(Exception):
    """Any answer that is not the one asked for; its text is fit for an operator's eyes and holds no key."""


class TMDBUnavailable(TMDBError):
    """TMDB did not answer, or not properly, although it was asked again: try later."""


class TMDBUnreadable(TMDBUnavailable):
    """TMDB answered with something that is not what was asked for, again and again."""


class TMDBThrottled(TMDBUnavailable):
    """TMDB asks for fewer calls; `seconds` is how long it wants to be left alone, or None where it does not say."""

    def __init__(self, message: str, seconds: float | None) -> None:
        super().__init__(message)
        self.seconds = seconds


class TMDBNotFound(TMDBError):
    """TMDB has nothing by that id: never had, deleted it, or merged it into another."""


class TMDBStopped(TMDBError):
    """The client was told to stop before the answer came: it says nothing of TMDB."""


class TMDBRefused(TMDBError):
    """The call itself is wrong: ours to fix, and no use to repeat."""


class TMDBUnauthorized(TMDBError):
    """TMDB does not accept the token: nothing else can be fetched until an operator has set a good one."""


class TMDBMisconfigured(TMDBError):
    """What answers at TMDB_BASE_URL is not TMDB's API: nothing else can be fetched until an operator corrects it."""


def fault_of(status: int, body: Any, *, path: str, wait: float | None = None) -> TMDBError | None:
    """The error that a response stands for, or None for a proper one.

    `body` is the parsed JSON (None where there was none), which alone tells a film that is gone from a proxy's 404.
    `wait` is the response's `Retry-After`, in seconds.
    """
    code = _code(body)
    told = f"{path}: HTTP {status}" + (f", code {code}: {str(body.get('status_message'))[:SHOWN]}" if code else "")
    if status == 200 and code is None:
        return None
    if status == 429 or code == TOO_MANY_CALLS:
        return TMDBThrottled(told, wait)
    if status == 401 or code in UNKNOWN_KEY:
        return TMDBUnauthorized(f"TMDB does not accept TMDB_TOKEN ({told})")
    if code in UNKNOWN_ID and status < 500:
        return TMDBNotFound(told)
    if status < 500 and (code in OUR_FAULT or (status >= 400 and code)):
        return TMDBRefused(told)
    return TMDBUnreadable(told) if status == 200 or code == NO_SENSE else TMDBUnavailable(told)


def _code(body: Any) -> int | None:
    """TMDB's own error code; a film's body has none."""
    code = body.get("status_code") if isinstance(body, dict) and body.get("success") is not True else None
    return code if isinstance(code, int) and code not in {1, 12, 13} else None
