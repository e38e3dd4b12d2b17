"""A server on loopback that answers as TMDB's API (v3) does: for the demonstration, the tests and the benchmarks."""

from catalog.tmdb.standin.server import StandIn

__all__ = ["StandIn"]
