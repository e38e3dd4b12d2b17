"""TMDB's daily export of ids: a file, an address, or the latest that TMDB has; opened, once it is here."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from catalog.tmdb.downloads import Download, DownloadMissing
from catalog.tmdb.source import is_configured
from catalog.tmdb.standin import StandIn

LATEST = "latest"
READY_AT = timedelta(hours=8)
DAYS_BACK = 3
DAY = timedelta(days=1)
DATED = re.compile(r"(\d\d)_(\d\d)_(\d{4})", re.ASCII)

Show = Callable[[int, int | None], object]


@dataclass(frozen=True)
class OpenExport:
    """A file to be read: its name, its length in bytes, and when it was made, where anything tells."""

    name: str
    file: BinaryIO
    size: int
    made_at: datetime | None


@contextmanager
def open_export(source: str, now: datetime, show: Show = lambda done, size: None) -> Iterator[OpenExport]:
    """The export from a path, an address, or `latest`, which without a configured TMDB is the stand-in's.

    `show` is told how many bytes of how many are here. Raises TMDBError for what TMDB does, OSError for a file.
    """
    if source == LATEST:
        with exports_url() as base:
            download = latest(base, now, show)
    elif source.startswith(("http://", "https://")):
        download = Download(source, folder(), show)
        download.fetch()
    else:
        with Path(source).open("rb") as file:
            yield OpenExport(source, file, Path(source).stat().st_size, made_at(source))
        return
    with download.path.open("rb") as file:
        made = made_at(download.url) or download.modified_at()
        yield OpenExport(download.path.name, file, download.path.stat().st_size, made)


@contextmanager
def exports_url() -> Iterator[str]:
    """The address of the folder that has the exports of all days."""
    if is_configured():
        yield settings.TMDB_EXPORTS_URL.rstrip("/")
        return
    with StandIn(remember=0) as stand_in:
        yield stand_in.exports_url


def latest(base: str, now: datetime, show: Show) -> Download:
    """Today's export, once it is ready, or that of the last day that has one. Raises DownloadMissing where none has."""
    newest = (now.astimezone(UTC) - READY_AT).date()
    missing = None
    for number in range(DAYS_BACK + 1):
        download = Download(f"{base}/{name_of(newest - number * DAY)}", folder(), show)
        try:
            download.fetch()
        except DownloadMissing as fault:
            missing = missing or fault
        else:
            return download
    raise DownloadMissing(f"no export of {newest} nor of the {DAYS_BACK} days before: {missing}") from missing


def name_of(day: date) -> str:
    return f"movie_ids_{day:%m_%d_%Y}.json.gz"


def made_at(name: str) -> datetime | None:
    """The beginning of the day that the file's name tells."""
    dated = DATED.search(name.rpartition("/")[2])
    try:
        return dated and datetime(int(dated[3]), int(dated[1]), int(dated[2]), tzinfo=UTC)
    except ValueError:
        return None


def folder() -> Path:
    return settings.DATA_DIR / "exports"
