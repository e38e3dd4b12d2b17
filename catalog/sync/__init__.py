"""Keeps the catalogue in step with TMDB."""

from catalog.sync.charts import fetch_charts, store_trending
from catalog.sync.export import Import, import_export
from catalog.sync.export_lines import NotAnExport
from catalog.sync.lists import Lists, fetch_lists
from catalog.sync.merging import Merge, MergeRefused, merge
from catalog.sync.on_demand import fetch_movie, refresh_movie
from catalog.sync.reference import fetch_reference
from catalog.sync.rounds import (
    a_round,
    alone,
    check_suspects,
    forget_old,
    refresh_changes,
    refresh_charts,
    refresh_details,
    refresh_reference,
    refresh_search,
    take_in_export,
)
from catalog.sync.running import THREADS, Run, run
from catalog.sync.suspects import suspected_movies
from catalog.sync.wanted import Wanted, preview
from catalog.sync.worth import by_worth, stale_movies, waiting

__all__ = [
    "THREADS",
    "Import",
    "Lists",
    "Merge",
    "MergeRefused",
    "NotAnExport",
    "Run",
    "Wanted",
    "a_round",
    "alone",
    "by_worth",
    "check_suspects",
    "fetch_charts",
    "fetch_lists",
    "fetch_movie",
    "fetch_reference",
    "forget_old",
    "import_export",
    "merge",
    "preview",
    "refresh_changes",
    "refresh_charts",
    "refresh_details",
    "refresh_movie",
    "refresh_reference",
    "refresh_search",
    "run",
    "stale_movies",
    "store_trending",
    "suspected_movies",
    "take_in_export",
    "waiting",
]
