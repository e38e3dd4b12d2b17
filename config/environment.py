"""Reads the environment with types, and turns a bad value into one clear line that never shows a secret."""

import re
from collections.abc import Callable, Collection
from email.utils import parseaddr
from io import StringIO
from ipaddress import ip_address
from math import isfinite
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

PERIODS = ("sec", "second", "min", "minute", "hour", "day")
MOST_CALLS = 1_000_000_000
TRUE, FALSE = ("true", "yes", "on", "y", "ok", "1"), ("false", "no", "off", "n", "0")
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
LABEL = r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?"
DIGITS_AND_DOTS = re.compile(r"[\d.]+")
NAME = re.compile(rf"{LABEL}(\.{LABEL})*\.?")
ORIGIN = re.compile(r"https?://(?P<wild>\*\.)?(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+)(:(?P<port>[0-9]{1,5}))?")
ASSIGNMENT = re.compile(r"(export )?[A-Za-z_0-9]+=")
VISIBLE = re.compile(r"[!-~]*")
# Set by `make run` in its own process: the first start of the embedded default may make what is missing.
first_start_allowed = False


class Environment(environ.Env):
    """django-environ, whose complaints name the variable and what it may hold; what is set to nothing is not set.

    Every method raises `ImproperlyConfigured` where the variable holds something else than it asks for.
    """

    def read_file(self, path: Path) -> None:
        """Lays what a file of `NAME=value` lines says under what is set already."""
        try:
            text = path.read_text(encoding="utf-8-sig")  # with the mark that editors on Windows put in front
        except UnicodeDecodeError:
            raise ImproperlyConfigured(f"{path} is not text in UTF-8. Save it as UTF-8.") from None
        except OSError as fault:
            raise ImproperlyConfigured(f"{path} cannot be read: {fault.strerror}") from fault
        lines = [line if line.strip() and not line.lstrip().startswith("#") else "" for line in text.splitlines()]
        for number, line in enumerate(lines, start=1):
            if line and not (ASSIGNMENT.match(line) and line.isprintable()):
                raise ImproperlyConfigured(f"{path}, line {number}, is not like NAME=value.")
        self.read_env(StringIO("\n".join(lines)), overwrite=False)

    def get_value(self, var: str, cast: Any = None, default: Any = environ.Env.NOTSET, **options: Any) -> Any:
        """As django-environ's, but a `$` in front means itself, as secrets may begin with one."""
        text = self.ENVIRON.get(var, "")
        if not text and default is self.NOTSET:
            raise ImproperlyConfigured(f"{var} is not set.")
        if not text.isprintable():
            raise ImproperlyConfigured(f"{var} must be one line of printable text.")
        return self.parse_value(text, cast) if text else default

    def parsed(self, var: str, default: str, parse: Callable[[str], Any], wanted: str, *, secret: bool = True) -> Any:
        """What `parse` makes of the variable; its ValueError means that the text is not what is `wanted`."""
        text = self.str(var, default=default)
        try:
            return parse(text)
        except ValueError:
            shown = "" if secret else f"is {text!r}, but "
            # The fault itself may hold the text.
            raise ImproperlyConfigured(f"{var} {shown}must be {wanted}") from None

    def checked(self, var: str, default: str, accept: Callable[[str], object], wanted: str) -> str:
        """The variable's text, which is shown where it is not accepted."""
        return self.parsed(var, default, lambda text: accepted(text, accept), wanted, secret=False)

    def word(self, var: str, default: str, words: Collection[str]) -> str:
        """One of a few words, in the case that they have."""
        known = {word.lower(): word for word in words}
        text = self.checked(var, default, lambda text: text.lower() in known, listed(words))
        return known[text.lower()]

    def flag(self, var: str, *, default: bool) -> bool:
        words = {**dict.fromkeys(TRUE, True), **dict.fromkeys(FALSE, False)}
        text = self.checked(var, "", lambda text: not text or text.lower() in words, "true or false")
        return words[text.lower()] if text else default

    def whole(self, var: str, default: int, *, least: int, most: int) -> int:
        wanted = f"a whole number from {least} to {most}"
        return int(self.checked(var, str(default), lambda text: least <= int(text) <= most, wanted))

    def number(self, var: str, default: float, *, most: float, zero: str = "") -> float:
        """A number above 0; 0 itself only where `zero` says what it stands for."""

        def accept(text: str) -> bool:
            number = float(text)
            return isfinite(number) and (0 < number <= most or (number == 0 and bool(zero)))

        wanted = f"a number above 0, up to {most:g}" + (zero and f", or 0 for {zero}")
        return float(self.checked(var, str(default), accept, wanted))

    def rate(self, var: str, default: str) -> str:
        """A limit such as `100/min`."""
        return self.checked(var, default, is_rate, f"like 100/min (a period is one of {', '.join(PERIODS)})")

    def token(self, var: str, default: str = "") -> str:
        """A word, maybe a secret, for places that hold visible ASCII alone, as headers do."""
        wanted = "letters, digits and signs of ASCII alone, without spaces"
        return self.parsed(var, default, lambda text: accepted(text, VISIBLE.fullmatch), wanted)

    def names(self, var: str, default: Collection[str], accept: Callable[[str], object], wanted: str) -> list[str]:
        """What stands between commas; an address among it may hold a password, and is not shown."""
        parts = [part.strip() for part in self.str(var, default=",".join(default)).split(",") if part.strip()]
        for number, part in enumerate(parts, start=1):
            if not accept(part):
                raise ImproperlyConfigured(f"{var}, entry {number}, must be {wanted}")
        if default and not parts:
            raise ImproperlyConfigured(f"{var} names none; each must be {wanted}")
        return parts


def accepted(text: str, accept: Callable[[str], object]) -> str:
    """The text itself, or `ValueError`."""
    if not accept(text):
        raise ValueError(text)
    return text


def listed(words: Collection[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}"


def is_rate(text: str) -> bool:
    amount, _, period = text.partition("/")
    return amount.isdecimal() and 0 < int(amount) <= MOST_CALLS and period in PERIODS


def is_address(text: str) -> bool:
    """Whether one can listen on it, or look it up: an IP address, or a name."""
    try:
        return bool(ip_address(text))
    except ValueError:
        return bool(NAME.fullmatch(text)) and not DIGITS_AND_DOTS.fullmatch(text)


def is_host(text: str) -> bool:
    """Whether a `Host` header can match it: a name without scheme and port, or `.example.org`, or `*` for all."""
    if text.startswith("["):
        return text.endswith("]") and ":" in text and is_address(text[1:-1])
    return text == "*" or (":" not in text and is_address(text.removeprefix(".")))


def is_origin(text: str) -> bool:
    found = ORIGIN.fullmatch(text)
    return bool(found) and not found["wild"] and int(found["port"] or 0) < 65_536


def is_trusted_origin(text: str) -> bool:
    return is_origin(text.replace("://*.", "://", 1))


def is_sender(text: str) -> bool:
    """Whether mail can be from it: `name@host`, or `Somebody <name@host>`."""
    name, at, host = parseaddr(text)[1].rpartition("@")
    return bool(name and at) and text.isprintable() and is_address(host)


def is_loopback_only(hosts: list[str]) -> bool:
    return all(host in LOOPBACK for host in hosts)
