"""What TMDB says has changed: of that, the films that are held in full are fetched again."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.db.models import Min

from catalog.models import Movie, SyncRound
from catalog.tmdb.client import LAST_PAGE, TMDBClient
from catalog.tmdb.errors import TMDBNotFound, TMDBRefused, TMDBUnavailable

NAME = "changes"
CHANGES = "/movie/changes"
# How far back TMDB tells of changes, and how long a window it takes.
LONGEST = timedelta(days=14)
# The list goes by days, and TMDB is not at once with all of it: the last day covered is asked for again.
OVERLAP = timedelta(days=1)
DAY = timedelta(days=1)
# Then TMDB is taken to be away.
LOST_AT_MOST = 3
log = structlog.get_logger(__name__)


@dataclass
class Changes:
    """The held films that changed between two moments. `lost_pages` says how much of the list could not be had."""

    since: datetime
    until: datetime
    films: list[int] = field(default_factory=list)
    listed: int = 0
    lost_pages: int = 0
    # The time before TMDB's lists reach back, of which staleness takes care; None where there is none.
    missed_since: datetime | None = None

    def __str__(self) -> str:
        days = f"from {self.since:%F} to {self.until:%F}"
        span = f"{self.listed:,} films changed {days}, {len(self.films):,} of them held"
        lost = f"; pages lost: {self.lost_pages:,}" if self.lost_pages else ""
        if self.missed_since is None:
            return span + lost
        return f"what changed between {self.missed_since:%F} and {self.since:%F} is left to staleness; {span}{lost}"


def fetch_changes(client: TMDBClient, now: datetime, *, unless_fetched_since: datetime | None = None) -> Changes:
    """Reads TMDB's lists from the last moment covered until now; those fetched since a given moment are left out."""
    changes = _span(now)
    met: set[int] = set()
    for page in _pages(client, changes, changes.since.date(), changes.until.date()):
        new = set(page) - met
        met |= new
        changes.films += _held(new, unless_fetched_since)
    changes.listed = len(met)
    return changes


def cover(changes: Changes) -> None:
    """Remembers how far the lists were read, once their films are stored; call it where no page was lost."""
    SyncRound.objects.update_or_create(name=NAME, defaults={"covered_until": changes.until})


def _span(now: datetime) -> Changes:
    """From a day before what is covered, or from the oldest film held where nothing is; never beyond TMDB's reach."""
    covered = SyncRound.objects.filter(name=NAME).values_list("covered_until", flat=True).first()
    if covered is None:
        covered = (
            Movie.objects.filter(synced_at__isnull=False, gone_at=None).aggregate(Min("synced_at"))["synced_at__min"]
            or now
        )
    earliest = now - LONGEST
    return Changes(max(covered - OVERLAP, earliest), now, missed_since=covered if covered < earliest else None)


def _pages(client: TMDBClient, changes: Changes, first: date, last: date) -> Iterator[list[int]]:
    """All pages of a window. One with more pages than TMDB gives is halved; a page that cannot be had is counted."""
    page, pages = 1, 1
    while page <= pages and changes.lost_pages < LOST_AT_MOST:
        ids, told = _page(client, changes, {"start_date": f"{first}", "end_date": f"{last}", "page": page})
        if told > LAST_PAGE and first < last:
            middle = first + (last - first) // 2
            yield from _pages(client, changes, first, middle)
            yield from _pages(client, changes, middle + DAY, last)
            return
        changes.lost_pages += max(0, told - LAST_PAGE) if page == 1 else 0
        pages = min(told, LAST_PAGE) or pages
        yield ids
        page += 1


def _page(client: TMDBClient, changes: Changes, query: dict[str, Any]) -> tuple[list[int], int]:
    """The ids on a page, and how many pages there are; nothing and 0 where the page is lost."""
    try:
        body = client.get(CHANGES, query, is_proper=_is_page)
    except (TMDBUnavailable, TMDBNotFound, TMDBRefused) as fault:
        log.warning("tmdb_page_lost", fault=str(fault))
        changes.lost_pages += 1
        return [], 0
    ids = [row.get("id") for row in body["results"] if isinstance(row, dict)]
    return [number for number in ids if isinstance(number, int) and number > 0], body["total_pages"]


def _is_page(body: Any) -> bool:
    return isinstance(body, dict) and isinstance(body.get("results"), list) and isinstance(body.get("total_pages"), int)


def _held(ids: set[int], unless_fetched_since: datetime | None) -> list[int]:
    """Those held in full; what is only known is left to its turn."""
    films = Movie.objects.filter(pk__in=ids, synced_at__isnull=False)
    if unless_fetched_since:
        films = films.filter(synced_at__lt=unless_fetched_since)
    return list(films.order_by("pk").values_list("pk", flat=True))
