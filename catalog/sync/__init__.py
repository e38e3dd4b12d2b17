"""Keeps the catalogue in step with TMDB."""

from catalog.sync.charts import Charts, fetch_charts, store_trending
from catalog.sync.on_demand import fetch_movie, refresh_movie
from catalog.sync.reference import fetch_reference
from catalog.sync.rounds import alone, refresh_charts, refresh_reference, refresh_stale
from catalog.sync.running import THREADS, Run, run
from catalog.sync.wanted import Wanted, preview, stale_movies

__all__ = [
    "THREADS",
    "Charts",
    "Run",
    "Wanted",
    "alone",
    "fetch_charts",
    "fetch_movie",
    "fetch_reference",
    "preview",
    "refresh_charts",
    "refresh_movie",
    "refresh_reference",
    "refresh_stale",
    "run",
    "stale_movies",
    "store_trending",
]
