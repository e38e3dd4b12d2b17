"""The daily export of ids into films that are known: stored where new, and only written where different."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from catalog import caching
from catalog.search import index
from catalog.sync import export_staging as staged
from catalog.sync.export_lines import Export, NotAnExport
from catalog.sync.suspects import Suspicion, suspect
from catalog.tmdb.exports import OpenExport, open_export

# With more malformed lines than that, what is not listed may only be unreadable.
MALFORMED_AT_MOST = 0.001
AGE_WHERE_UNKNOWN = timedelta(days=1)


class Shown(Protocol):
    def __call__(self, what: str, done: int, total: int | None) -> object:
        """Told how far one of the stages is: `downloaded` and `read` in bytes, `stored` and `indexed` in films."""


@dataclass
class Import:
    """What an import did, or would do."""

    name: str = ""
    lines: int = 0
    films: int = 0
    new: int = 0
    changed: int = 0
    malformed: int = 0
    first_malformed: str = ""
    cut: str = ""
    suspicion: Suspicion = field(default_factory=Suspicion)
    seconds: float = 0.0
    indexed: int = 0
    index_seconds: float = 0.0

    @property
    def unchanged(self) -> int:
        return self.films - self.new - self.changed

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.films:,} films in {self.lines:,} lines: {self.new:,} new, {self.changed:,} changed, "
            f"{self.unchanged:,} unchanged; {self.malformed:,} malformed lines; {self.seconds:.1f} s"
        )

    @property
    def faults(self) -> list[str]:
        """What was wrong with the file, a line each."""
        told = [f"{self.malformed:,} malformed lines were left out, the first is {self.first_malformed}"]
        cut = [f"the file is not whole: {self.cut}; what comes before is stored"]
        return (told if self.malformed else []) + (cut if self.cut else [])


def import_export(
    source: str, now: datetime, *, show: Shown = lambda what, done, total: None, is_dry: bool = False
) -> Import:
    """Stores what the export at a path or an address, or the `latest`, says of films.

    Raises NotAnExport where it is something else, and nothing has been changed; TMDBError, OSError as `open_export`.
    """
    done = Import()
    with open_export(source, now, lambda count, total: show("downloaded", count, total)) as opened:
        began_at = time.monotonic()
        done.name = opened.name
        try:
            _take_in(opened, done, now, show, is_dry=is_dry)
        except NotAnExport as fault:
            raise NotAnExport(f"{opened.name} is no export of ids: {fault}") from fault
        done.seconds = time.monotonic() - began_at
    if not is_dry:
        _index(done, show)
    return done


def _take_in(opened: OpenExport, done: Import, now: datetime, show: Shown, *, is_dry: bool) -> None:
    with staged.staging():
        export = _stage(opened, show)
        done.lines, done.malformed, done.first_malformed = export.lines, export.malformed, export.first_malformed
        done.cut = export.cut
        # First of all, while what is held is what was held before.
        made_at = min(opened.made_at or now - AGE_WHERE_UNKNOWN, now)
        done.suspicion = suspect(made_at, now, disbelief=_disbelief(done), is_dry=is_dry)
        with nullcontext() if is_dry else _lists_dropped(done):
            for span in staged.ranges():
                written = (staged.preview_range if is_dry else staged.write_range)(*span)
                done.films += written.films
                done.new += written.new
                done.changed += written.changed
                show("stored", done.films, export.sound)
        if done.new > staged.STEP and not is_dry:
            staged.tell_the_planner()


def _stage(opened: OpenExport, show: Shown) -> Export:
    export = Export(opened.file)
    for rows in export.rows():
        staged.stage(rows)
        show("read", opened.file.tell(), opened.size)
    staged.end_staging()
    return export


def _disbelief(done: Import) -> str:
    """Why what is not listed says nothing; empty where it does."""
    if done.cut:
        return "the file is not whole"
    return f"{done.malformed:,} of the lines are malformed" if done.malformed > MALFORMED_AT_MOST * done.lines else ""


@contextmanager
def _lists_dropped(done: Import) -> Iterator[None]:
    """The rendered lists are dropped at the end, once, also of an import that was ended early."""
    try:
        yield
    finally:
        if done.new or done.changed:
            caching.drop_lists()


def _index(done: Import, show: Shown) -> None:
    """Makes the new films findable; counted and timed apart, since it takes longer than storing them."""
    began_at = time.monotonic()

    def shown(count: int) -> None:
        done.indexed += count
        show("indexed", done.indexed, None)

    index.build(shown)
    done.index_seconds = time.monotonic() - began_at
