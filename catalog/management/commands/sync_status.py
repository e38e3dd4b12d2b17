"""`manage.py sync_status`: what is held of TMDB, how fresh it is, what was put aside, and how the rounds go."""

import argparse
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from catalog.models import SyncFailure
from catalog.sync.holdings import holdings
from web import checks

Told = dict[str, Any]


class Command(BaseCommand):
    help = (
        "Tells what is held of TMDB, how fresh it is, how far it is detailed, which films were put aside, and how the "
        "worker's rounds went. With --check it ends with 1 when a round failed, did not end, or is overdue."
    )
    requires_system_checks = checks.EACH_TIME

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")
        parser.add_argument("--check", action="store_true", help="ends with 1 when a round is in trouble")

    def handle(self, *_: Any, **options: Any) -> None:
        told = holdings(timezone.now())
        if options["json"]:
            self.stdout.write(orjson.dumps(told, option=orjson.OPT_UTC_Z | orjson.OPT_INDENT_2).decode())
        else:
            for part in films, coverage, rows, put_aside, rounds:
                for label, line in part(told):
                    self.stdout.write(f"{label:<11} {line}")
        troubled = [row["name"] for row in told["rounds"] if row["is_trouble"]]
        if options["check"] and troubled:
            raise CommandError(f"In trouble: {', '.join(troubled)}.")


def films(told: Told) -> Iterator[tuple[str, str]]:
    films = told["films"]
    yield (
        "films",
        f"{films['held']:,}: {films['detailed']:,} in full, {films['known']:,} by name, "
        f"{films['gone']:,} gone from TMDB",
    )
    if films["detailed"]:
        yield "freshness", f"{films['fresh_share']:.0%} fresh, the oldest of {_minute(films['oldest'])}"


def coverage(told: Told) -> Iterator[tuple[str, str]]:
    coverage = told["coverage"]
    for row in coverage["tops"]:
        yield "detailed", f"{row['detailed']:,} of the {row['films']:,} most popular{_left(row['seconds_left'])}"
    if coverage["awaiting"]:
        told_of = f"{coverage['awaiting']:,} await their details{_left(coverage['seconds_left'])}"
        yield "awaiting", f"{told_of}; {coverage['fetched_last_hour']:,} fetched within the last hour"


def rows(told: Told) -> Iterator[tuple[str, str]]:
    yield "rows", ", ".join(f"{count:,} {name}" for name, count in told["rows"].items())
    reference = told["reference"]
    age = f"{reference['age_days']:g} days old" if reference["synced_at"] else "never fetched (--reference)"
    yield "reference", age


def put_aside(told: Told) -> Iterator[tuple[str, str]]:
    for row in told["put_aside"]:
        reason = SyncFailure.Reason(row["reason"]).label
        yield "put aside", f"{row['films']:,}: {reason}; next try {_minute(row['next_retry'])}"
    if not told["put_aside"]:
        yield "put aside", "none"


def rounds(told: Told) -> Iterator[tuple[str, str]]:
    for row in told["rounds"]:
        well = f"last well {_minute(row['succeeded_at'])}" if row["succeeded_at"] else "never well"
        yield "round", f"{row['name']}: {row['status']}, {well}; {row['fault'] or row['summary'] or 'nothing told'}"
    calls = ", ".join(f"{count:,} {outcome}" for outcome, count in told["tmdb_calls_last_day"].items())
    yield "TMDB calls", f"{calls} in the last day" if calls else "none in the last day"


def _left(seconds: int | None) -> str:
    """What is left at the last hour's rate; nothing where it is done, or cannot be told."""
    return f", {timedelta(seconds=seconds)} left at the last hour's rate" if seconds else ""


def _minute(moment: Any) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
