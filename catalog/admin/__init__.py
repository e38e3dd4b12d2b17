"""The catalogue in the admin: to be looked at, and asked for again, but not edited, since TMDB would overwrite it."""

from catalog.admin import movies, reference, rounds, upkeep

__all__ = ["movies", "reference", "rounds", "upkeep"]
