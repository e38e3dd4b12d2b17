"""TMDB's lists that a run by hand learns its films from: the charts, and what has changed."""

from dataclasses import dataclass, field
from datetime import datetime

from catalog.sync.changes import Changes, cover, fetch_changes
from catalog.sync.charts import Charts, fetch_charts, store_trending
from catalog.tmdb.client import TMDBClient


@dataclass
class Lists:
    """What was read of the lists; `changes` is None where it was not asked for."""

    charts: Charts = field(default_factory=Charts)
    changes: Changes | None = None

    @property
    def changed(self) -> list[int]:
        return self.changes.films if self.changes else []

    @property
    def lost_pages(self) -> int:
        return self.charts.lost_pages + (self.changes.lost_pages if self.changes else 0)

    def settle(self) -> None:
        """Once the films are stored: keeps the chart, and remembers how far the changes were read."""
        store_trending(self.charts)
        if self.changes and not self.changes.lost_pages:
            cover(self.changes)


def fetch_lists(client: TMDBClient, now: datetime, *, charts: bool, changes: bool) -> Lists:
    """Reads the lists that are asked for; a page that cannot be had is counted, and logged."""
    return Lists(
        charts=fetch_charts(client) if charts else Charts(),
        changes=fetch_changes(client, now) if changes else None,
    )
