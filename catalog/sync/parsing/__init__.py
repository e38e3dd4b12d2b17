"""TMDB's bodies into rows."""

from catalog.sync.parsing.movie import UnreadableMovie, read_movie
from catalog.sync.parsing.rows import MovieFacts

__all__ = ["MovieFacts", "UnreadableMovie", "read_movie"]
