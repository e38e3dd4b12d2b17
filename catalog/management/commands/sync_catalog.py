"""`manage.py sync_catalog`: fetches films and reference data from TMDB."""

import argparse
from itertools import chain, islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from catalog import sync
from catalog.database_faults import first_line
from catalog.management.importing import import_ids
from catalog.sync.parsing.values import LARGEST
from catalog.sync.progress import progress_on
from catalog.tmdb.client import TMDBClient
from catalog.tmdb.errors import TMDBError, TMDBMisconfigured, TMDBUnauthorized
from catalog.tmdb.exports import LATEST
from catalog.tmdb.source import is_configured, open_client
from web import checks

UNUSABLE, INTERRUPTED = 2, 130
ASKED = ("details", "popular", "movie", "charts", "changes", "stale", "suspects", "reference")
SOURCES = ("ids", *ASKED)
MOST_POPULAR = 10_000  # 500 pages of 20


class Command(BaseCommand):
    help = (
        "Fetches films from TMDB; what is held fresh is not fetched again. May be ended at any moment, and started "
        "again. Ends with 1 when a film was put aside, 2 when TMDB cannot be used, 130 when interrupted."
    )
    requires_system_checks = checks.EACH_TIME

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--ids", metavar="FILE|URL|latest", help="TMDB's daily export of all ids: what it lists")
        parser.add_argument("--popular", type=natural, metavar="N", default=0, help="the N most popular films")
        parser.add_argument("--movie", type=natural, metavar="ID", nargs="+", default=[], help="these, fresh or not")
        parser.add_argument("--charts", action="store_true", help="TMDB's own lists, and the films in them")
        parser.add_argument("--details", type=natural, metavar="N", default=0, help="the N films most worth a call")
        parser.add_argument("--changes", action="store_true", help="the held films that TMDB says have changed")
        parser.add_argument("--stale", action="store_true", help="films held too long, and those put aside and due")
        parser.add_argument("--suspects", action="store_true", help="films of which the export of ids says otherwise")
        parser.add_argument("--limit", type=natural, metavar="N", help="so many stale films, and suspects, at the most")
        parser.add_argument("--reference", action="store_true", help="genres, countries, services, configuration")
        parser.add_argument("--dry-run", action="store_true", help="tells what would be fetched, and stores nothing")
        parser.add_argument("--threads", type=natural, metavar="N", default=sync.THREADS, help="calls at once")

    def handle(self, *_: Any, **options: Any) -> None:
        if not any(options[name] for name in SOURCES):
            raise CommandError(f"Say what to fetch: {', '.join(f'--{name}' for name in SOURCES)}.")
        is_asked = any(options[name] for name in ASKED)
        if not is_configured() and (is_asked or options["ids"] == LATEST):
            self.stdout.write("No TMDB_TOKEN is set: the films come from the starter catalogue, without a rate limit.")
        try:
            if options["ids"]:
                import_ids(self, options["ids"], is_dry=options["dry_run"])
            if is_asked:
                with open_client(threads=options["threads"]) as client:
                    client.check()
                    self._sync(client, options)
        except (TMDBUnauthorized, TMDBMisconfigured) as fault:
            raise CommandError(f"TMDB cannot be used: {fault}.", returncode=UNUSABLE) from fault
        except TMDBError as fault:
            raise CommandError(f"TMDB does not answer: {fault}. Try again later.") from fault
        except DatabaseError as fault:
            raise CommandError(
                f"The database cannot be used: {first_line(fault)}. What was stored before is kept."
            ) from fault
        except KeyboardInterrupt:
            raise CommandError("Interrupted; what was fetched is stored.", returncode=INTERRUPTED) from None

    def _sync(self, client: TMDBClient, options: dict[str, Any]) -> None:
        is_dry = options["dry_run"]
        if options["reference"]:
            counts = {} if is_dry else sync.fetch_reference(client, timezone.now())
            told = ", ".join(f"{count:,} {name}" for name, count in counts.items())
            self.stdout.write(f"reference data: {told or 'would be fetched'}")
        if options["popular"] > MOST_POPULAR:
            self.stdout.write(f"TMDB lists its {MOST_POPULAR:,} most popular films, and no more: these are fetched.")
        lists = sync.fetch_lists(client, timezone.now(), charts=options["charts"], changes=options["changes"])
        if lists.changes:
            self.stdout.write(f"changes: {lists.changes}")
        wanted = self._wanted(options, lists)
        if is_dry:
            waiting, fresh = sync.preview(client, wanted, timezone.now)
            self.stdout.write(f"would fetch {waiting:,} films; {fresh:,} are fresh")
        elif wanted != sync.Wanted() or lists.changes:
            self._fetch(client, wanted, lists, options["threads"])

    @staticmethod
    def _wanted(options: dict[str, Any], lists: sync.Lists) -> sync.Wanted:
        now, number = timezone.now(), options["details"]
        worthy = islice(sync.by_worth(now), number) if number else ()
        stale = islice(sync.stale_movies(now), options["limit"]) if options["stale"] else ()
        feed = chain(worthy, stale) if number or options["stale"] else ()
        suspects = sync.suspected_movies(options["limit"]) if options["suspects"] else ()
        always = [*options["movie"], *lists.changed, *suspects]
        length = min(number, sync.waiting(now)) if number else 0
        return sync.Wanted(always, lists.charts.films, options["popular"], feed, feed_length=length)

    def _fetch(self, client: TMDBClient, wanted: sync.Wanted, lists: sync.Lists, threads: int) -> None:
        with progress_on(self.stderr) as progress:
            run = sync.Run(client, wanted, threads=threads, progress=progress)
            try:
                run.go()
                lists.settle()
            finally:
                self.stdout.write(str(run.tally))
        lost_pages = run.tally.lost_pages + lists.lost_pages
        if run.tally.put_aside or lost_pages:
            told = f"{run.tally.put_aside:,} films were put aside, {lost_pages:,} pages of lists lost"
            raise CommandError(f"{told}: see manage.py sync_status. They are tried again later.")


def natural(text: str) -> int:
    """A whole number from 1, as TMDB's ids are."""
    number = int(text)
    if not 0 < number <= LARGEST:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and {LARGEST}")
    return number
