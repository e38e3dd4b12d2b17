"""Reads the environment with types, and turns a bad value into one clear line."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

PERIODS = ("sec", "second", "min", "minute", "hour", "day")
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
# Set by `make run` in its own process: the first start of the embedded default may make what is missing.
first_start_allowed = False


class Environment(environ.Env):
    """django-environ, whose complaints name the variable and what it may hold; what is set to nothing is not set."""

    def get_value(self, var: str, cast: Any = None, default: Any = environ.Env.NOTSET, **options: Any) -> Any:
        if default is not environ.Env.NOTSET and self.ENVIRON.get(var) == "":
            return default
        try:
            return super().get_value(var, cast=cast, default=default, **options)
        except ValueError as fault:
            kind = getattr(cast, "__name__", str(cast))
            raise ImproperlyConfigured(f"{var} is not a valid {kind}: {fault}") from fault

    def checked(self, var: str, default: str, accept: Callable[[str], bool], wanted: str) -> str:
        """The variable's text, or `ImproperlyConfigured` naming what was `wanted`."""
        value = self.str(var, default=default)
        if not accept(value):
            raise ImproperlyConfigured(f"{var} is {value!r}, but must be {wanted}")
        return value

    def rate(self, var: str, default: str) -> str:
        """A limit such as `100/min`."""
        return self.checked(var, default, is_rate, f"like 100/min (a period is one of {', '.join(PERIODS)})")


def is_rate(text: str) -> bool:
    amount, _, period = text.partition("/")
    return amount.isdecimal() and int(amount) > 0 and period in PERIODS


def is_loopback_only(hosts: list[str]) -> bool:
    return all(host in LOOPBACK for host in hosts)


def kept_secret(data_dir: Path | None, *, make: bool) -> str:
    """The secret key kept under `data_dir`, made now where `make run` allows it.

    Raises `ImproperlyConfigured` where there is none, and without a `data_dir`: a real deployment brings its own.
    """
    path = data_dir and data_dir / "secret_key"
    if not path or not (path.is_file() or make):
        raise ImproperlyConfigured("SECRET_KEY is not set. Give the environment one: a long random text, kept secret.")
    if not path.is_file():
        data_dir.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii").strip()
