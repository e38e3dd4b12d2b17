"""Logs: one JSON line an event on stdout, or coloured lines for people; nothing secret in either."""

import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict

from web.redaction import redact_mapping

QUIETER = {
    "django.request": logging.ERROR,  # each 4xx has its access line already
    "django.server": logging.WARNING,
    "urllib3": logging.WARNING,
    "kombu": logging.WARNING,
    "amqp": logging.WARNING,
    "celery.worker.strategy": logging.WARNING,
}


class Outlet:
    """Writes whole lines to stdout; where that is closed or broken, to stderr; it never fails its caller."""

    def write(self, line: bytes | str) -> None:
        for stream in (sys.stdout, sys.stderr):
            try:
                raw = getattr(stream, "buffer", None)
                if raw is not None:
                    raw.write(line if isinstance(line, bytes) else line.encode("utf-8", "replace"))
                else:
                    stream.write(line.decode("utf-8", "replace") if isinstance(line, bytes) else line)
                stream.flush()
            except (OSError, ValueError, AttributeError):
                continue
            return

    def flush(self) -> None:
        """Each line is flushed as it is written."""


outlet = Outlet()


def is_news(record: logging.LogRecord) -> bool:
    """Leaves out what the access line has said already, and the tracebacks of what a stranger's request provoked."""
    if record.name.startswith("django.security."):
        record.exc_info = None
    return record.name != "django.request" or bool(record.exc_info)


class LineLogger:
    """What structlog hands its rendered lines to."""

    def __init__(self, name: str = "marquee") -> None:
        self.name = name

    def msg(self, line: bytes | str) -> None:
        outlet.write(line + (b"\n" if isinstance(line, bytes) else "\n"))

    log = debug = info = warn = warning = fatal = failure = err = error = critical = exception = msg


def named(logger: Any, method: str, event: EventDict) -> EventDict:
    event.setdefault("logger", getattr(logger, "name", "marquee"))
    return event


def redacted(logger: Any, method: str, event: EventDict) -> EventDict:
    return redact_mapping(event)


def as_json(logger: Any, method: str, event: EventDict) -> bytes:
    head = {"timestamp": datetime.now(UTC), "level": event.pop("level", method), "event": event.pop("event", "")}
    return orjson.dumps(head | event, default=str, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


def as_json_text(logger: Any, method: str, event: EventDict) -> str:
    return as_json(logger, method, event).decode()


class AccessLog:
    """The line that every request leaves. Its fields are ours alone, so it goes past the processors, which cost more
    than the rest of a cached request.
    """

    def __init__(self) -> None:
        self.write: Callable[[dict[str, Any]], None] = self.as_json

    def as_json(self, fields: dict[str, Any]) -> None:
        line = {"timestamp": datetime.now(UTC), "level": "info", "event": "request", **fields}
        outlet.write(orjson.dumps(line, default=str, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE))

    def for_people(self, fields: dict[str, Any]) -> None:
        structlog.get_logger("web.access").info("request", **fields)

    def nowhere(self, fields: dict[str, Any]) -> None:
        """Requests are of no interest at this level."""


access_log = AccessLog()


def configure_logging(*, level: str, style: str) -> None:
    """Sets up structlog and the standard library's loggers alike: `style` is `json` or `console`."""
    least = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    is_json = style == "json"
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        named,
        structlog.processors.format_exc_info,
        redacted,
    ]
    console = [structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False), structlog.dev.ConsoleRenderer()]
    structlog.configure(
        processors=[*shared, *([as_json] if is_json else console)],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=LineLogger,
        cache_logger_on_first_use=False,
    )
    _configure_stdlib(least, shared, [as_json_text] if is_json else console)
    access_log.write = access_log.as_json if is_json else access_log.for_people
    if least > logging.INFO:
        access_log.write = access_log.nowhere


def _configure_stdlib(least: int, shared: list, last: list) -> None:
    channel = logging.StreamHandler(outlet)
    channel.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *shared, *last],
        )
    )
    channel.addFilter(is_news)
    root = logging.getLogger()
    root.handlers = [channel]
    root.setLevel(least)
    for name, quieter in QUIETER.items():
        logging.getLogger(name).setLevel(max(least, quieter))
