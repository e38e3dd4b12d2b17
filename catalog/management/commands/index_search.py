"""`manage.py index_search`: makes what search reads, where it is missing."""

import argparse
import time
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from catalog.models import Movie, MovieSearch, Person, PersonSearch
from catalog.search import index
from catalog.sync.progress import bare
from web import checks


class Command(BaseCommand):
    help = (
        "Makes the search entries of films and people that have none, and brings the others up to date. May be ended "
        "at any moment, and started again."
    )
    requires_system_checks = checks.EACH_TIME

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--rebuild", action="store_true", help="forgets all entries first; search finds less until then"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        started = time.monotonic()
        with tqdm(total=self._missing(**options), unit=" entries", disable=None, file=bare(self.stderr)) as bar:
            made = index.rebuild(bar.update) if options["rebuild"] else index.refresh(bar.update)
        self.stdout.write(f"search: {made:,} entries made, {time.monotonic() - started:.1f} s")

    @staticmethod
    def _missing(*, rebuild: bool, **_: Any) -> int:
        held = 0 if rebuild else MovieSearch.objects.count() + PersonSearch.objects.count()
        return max(Movie.objects.listed().count() + Person.objects.count() - held, 0)
