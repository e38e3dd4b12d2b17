"""`manage.py tmdb_standin`: the starter catalogue on loopback, in TMDB's own words."""

import argparse
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.tmdb.standin import StandIn
from catalog.tmdb.standin.faults import KINDS, parsed
from catalog.tmdb.standin.server import BEARER

CALLS_REMEMBERED = 1_000


class Command(BaseCommand):
    help = "Serves the starter catalogue as TMDB's API would, until it is told to stop."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8499, help="0 takes any free one")
        parser.add_argument("--token", default=BEARER, help="the bearer token to ask for")
        parser.add_argument("--rate", type=int, help="calls let through in any second (no limit unless given)")
        parser.add_argument("--fault", action="append", default=[], metavar="TARGET=KIND[:NUMBER][*TIMES]", type=fault)
        parser.add_argument("--chaos", type=float, default=0.0, help="the share of calls that fail, 0 to 1")
        parser.add_argument("--seed", type=int, help="repeats the same chaos")

    def handle(self, *_: Any, **options: Any) -> None:
        names = ("host", "port", "token", "rate")
        standin = StandIn(**{name: options[name] for name in names}, remember=CALLS_REMEMBERED)
        for planned in options["fault"]:
            standin.faults.add(**planned)
        standin.faults.chaos(options["chaos"], options["seed"])
        try:
            standin.start()
        except OSError as error:
            raise CommandError(f"Cannot listen on {options['host']}:{options['port']}: {error.strerror}.") from None
        self._serve(standin)

    def _serve(self, standin: StandIn) -> None:
        told = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: told.set())
        self.stdout.write(f"TMDB stand-in at {standin.base_url}")
        self.stdout.flush()
        told.wait()
        standin.stop()


def fault(text: str) -> dict[str, object]:
    """The value of `--fault`."""
    try:
        return parsed(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not TARGET=KIND with a kind of {', '.join(KINDS)}") from None
