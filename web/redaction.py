"""Takes out of what is logged or reported whatever would let a reader act as somebody, or know who it was."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

REDACTED = "[redacted]"
DEPTH = 6
SECRET_NAMES = re.compile(
    r"pass(word|wd|phrase)?$|passw|secret|token|authori[sz]ation|cookie|api_?-?key|credential|session_?(id|key)"
    r"|csrf|e_?-?mail|dsn$|otp|private_?key|signature",
    re.IGNORECASE,
)
_EMAIL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}(?:@|%40)[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z0-9-]{2,63}"
_NAMED = r"[\w-]*(?:password|passwd|secret|token|api[_-]?key|cookie|sessionid|session_key|csrf\w*|otp|authorization)"
PATTERNS = [
    (re.compile(r"(?i)\b(bearer|api-key)\s+[A-Za-z0-9._~+/=:-]{6,}"), rf"\1 {REDACTED}"),
    (re.compile(r"(?i)\b(basic|token)\s+[A-Za-z0-9._~+/=:-]{16,}"), rf"\1 {REDACTED}"),
    (re.compile(r"(?i)\b((?:set-)?cookie:\s*)[^\r\n]+"), rf"\1{REDACTED}"),
    (
        re.compile(rf"(?i)(['\"]?\b{_NAMED}['\"]?\s*[=:]\s*)(?:b?'[^']*'|b?\"[^\"]*\"|[^\s&;,'\"}})\]]+)"),
        rf"\1{REDACTED}",
    ),
    (re.compile(r"(?i)(\b[a-z][a-z0-9+.-]{1,20}://)[^\s/@:]*:[^\s/@]+@"), rf"\1{REDACTED}@"),
    (re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?"), REDACTED),
    (re.compile(_EMAIL), REDACTED),
]
# What every pattern needs one of: most lines have none, and are looked through once.
_SUSPECT = re.compile(r"(?i)@|%40|eyJ|bearer|basic|token|pass|secret|key|cookie|session|csrf|otp|authori")


def redact_text(text: str) -> str:
    """`text` without e-mail addresses, credentials in URLs and headers, and values of secret parameters."""
    if not _SUSPECT.search(text):
        return text
    for pattern, replacement in PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def redact(value: Any, depth: int = DEPTH) -> Any:
    """`value` with its strings redacted and everything under a secret name gone, however nested."""
    if isinstance(value, str):
        return redact_text(value)
    if isinstance(value, Mapping):
        return redact_mapping(value, depth - 1) if depth else REDACTED
    if isinstance(value, list | tuple | set | frozenset):
        return [redact(item, depth - 1) for item in value] if depth else REDACTED
    if value is None or isinstance(value, bool | int | float | datetime):
        return value
    return redact_text(str(value))


def redact_mapping(values: Mapping, depth: int = DEPTH) -> dict:
    return {name: REDACTED if _is_secret(name) else redact(value, depth) for name, value in values.items()}


def _is_secret(name: Any) -> bool:
    return isinstance(name, str) and SECRET_NAMES.search(name) is not None
