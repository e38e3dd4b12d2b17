"""TMDB's own rankings, which no fact held here would give."""

from dataclasses import dataclass, field

import structlog
from django.db import connection, transaction

from catalog import caching
from catalog.models import ChartEntry, Movie
from catalog.sync.wanted import POPULAR
from catalog.tmdb.client import TMDBClient
from catalog.tmdb.errors import TMDBUnavailable

TRENDING = "/trending/movie/week"
# What the home page and the first pages of the lists show: those films are to be held.
FIRST_PAGES = (POPULAR, "/movie/now_playing", "/movie/upcoming")
TRENDING_PAGES = 5

log = structlog.get_logger(__name__)


@dataclass
class Charts:
    """The films of TMDB's lists: those that trend in their order, and all others that ought to be held."""

    trending: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    lost_pages: int = 0

    @property
    def films(self) -> list[int]:
        return list(dict.fromkeys(self.trending + self.others))


def fetch_charts(client: TMDBClient) -> Charts:
    """Reads the lists; a page that cannot be had is counted, and logged."""
    charts = Charts()
    last_page, page = TRENDING_PAGES, 1
    while page <= min(last_page, TRENDING_PAGES):
        ids, told = _page(client, TRENDING, page, charts)
        last_page = told or last_page
        charts.trending += ids
        page += 1
    for path in FIRST_PAGES:
        charts.others += _page(client, path, 1, charts)[0]
    return charts


def store_trending(charts: Charts) -> int:
    """Replaces the chart by those of its films that are held; a list that was not had whole changes nothing."""
    if charts.lost_pages or not charts.trending:
        return 0
    wanted = list(dict.fromkeys(charts.trending))
    held = set(Movie.objects.listed().filter(pk__in=wanted).values_list("pk", flat=True))
    ranked = [key for key in wanted if key in held]
    _replace(ChartEntry.Chart.TRENDING, ranked)
    return len(ranked)


@transaction.atomic
def _replace(chart: ChartEntry.Chart, ranked: list[int]) -> None:
    if connection.vendor == "postgresql":
        # Of two runs at once, the second waits here for all of the first; readers do not. SQLite has one writer anyway.
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {ChartEntry._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    ChartEntry.objects.filter(chart=chart).delete()
    ChartEntry.objects.bulk_create(
        ChartEntry(chart=chart, position=position, movie_id=key) for position, key in enumerate(ranked)
    )
    transaction.on_commit(caching.drop_lists)


def _page(client: TMDBClient, path: str, page: int, charts: Charts) -> tuple[list[int], int]:
    try:
        return client.page(path, page)
    except TMDBUnavailable as fault:
        log.warning("tmdb_page_lost", fault=str(fault))
        charts.lost_pages += 1
        return [], 0
