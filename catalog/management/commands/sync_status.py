"""`manage.py sync_status`: what is held of TMDB, how fresh it is, and what was put aside."""

import argparse
from typing import Any

import orjson
from django.core.management.base import BaseCommand
from django.utils import timezone

from catalog.models import SyncFailure
from catalog.sync.holdings import holdings


class Command(BaseCommand):
    help = "Tells what is held of TMDB, how fresh it is, and which films were put aside."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *_: Any, **options: Any) -> None:
        told = holdings(timezone.now())
        if options["json"]:
            self.stdout.write(orjson.dumps(told, option=orjson.OPT_UTC_Z | orjson.OPT_INDENT_2).decode())
            return
        films, reference = told["films"], told["reference"]
        self.stdout.write(
            f"films       {films['held']:,}: {films['detailed']:,} in full, {films['known']:,} by name, "
            f"{films['gone']:,} gone from TMDB"
        )
        if films["detailed"]:
            self.stdout.write(f"freshness   {films['fresh_share']:.0%} fresh, the oldest of {_minute(films['oldest'])}")
        self.stdout.write("rows        " + ", ".join(f"{count:,} {name}" for name, count in told["rows"].items()))
        age = f"{reference['age_days']:g} days old" if reference["synced_at"] else "never fetched (--reference)"
        self.stdout.write(f"reference   {age}")
        for row in told["put_aside"]:
            reason = SyncFailure.Reason(row["reason"]).label
            self.stdout.write(f"put aside   {row['films']:,}: {reason}; next try {_minute(row['next_retry'])}")
        if not told["put_aside"]:
            self.stdout.write("put aside   none")


def _minute(moment: Any) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
