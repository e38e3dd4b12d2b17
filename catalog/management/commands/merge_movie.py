"""`manage.py merge_movie`: by hand what the sync does when TMDB tells that a film was merged into another."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from catalog import sync
from catalog.management.commands.sync_catalog import natural
from catalog.models import Movie
from web import checks


class Command(BaseCommand):
    help = (
        "Merges the movie OLD into the movie NEW: what members hold of OLD becomes NEW's, and OLD stays as a tombstone "
        "that names NEW. A mistake is undone by merging back, NEW OLD, which takes along what members had of NEW."
    )
    requires_system_checks = checks.EACH_TIME

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("old", type=natural, metavar="OLD", help="the TMDB id of the movie that is to go")
        parser.add_argument("new", type=natural, metavar="NEW", help="the TMDB id of the movie that is to stay")
        parser.add_argument("--dry-run", action="store_true", help="tells what would move, and moves nothing")

    def handle(self, *_: Any, old: int, new: int, dry_run: bool, **__: Any) -> None:
        try:
            done = sync.merge(old, new, timezone.now(), is_dry=dry_run)
        except sync.MergeRefused as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(told(done, is_dry=dry_run))


def told(done: sync.Merge, *, is_dry: bool = False) -> str:
    """What was, or would be, done; with what an operator should know of it."""
    were = "would be" if is_dry else "were" if done.moved != 1 else "was"
    lines = [
        f"{name(done.old)} {'would be' if is_dry else 'is'} merged into {name(done.new)}: {done.moved:,} rows of "
        f"members {were} moved, {done.ratings:,} ratings counted over."
    ]
    if done.is_reversal:
        lines.append(f"{name(done.new)} had been merged into it. TMDB is asked next whether it has it.")
    if not done.old.gone_at:
        lines.append(
            f"TMDB may still have {name(done.old)}: while it does, the film comes back with its next export, "
            "and what was moved stays moved."
        )
    return "\n".join(lines)


def name(movie: Movie) -> str:
    return f"{movie} [{movie.pk}]"
