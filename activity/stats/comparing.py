"""How one's ratings differ from others': this site's members', else TMDB's voters'."""

from collections.abc import Iterable
from statistics import fmean
from typing import Any, NamedTuple

from activity.stats.facts import Given

# Of fewer, a mean says little.
FEWEST_MEMBERS, FEWEST_VOTES = 5, 50
MOST_NAMED = 5


class Compared(NamedTuple):
    movie_id: int
    rating: int
    mean: float

    @property
    def difference(self) -> float:
        return self.rating - self.mean


def mean_of_others(given: Given) -> float | None:
    """What the other members gave it, or else TMDB's voters; None where too few did."""
    own = given.value if given.is_counted else 0
    count = given.count - given.is_counted
    if count >= FEWEST_MEMBERS:
        return (given.total - own) / count
    return given.tmdb_average if given.tmdb_count >= FEWEST_VOTES else None


def compared(ratings: Iterable[Given]) -> dict[str, Any]:
    """How many could be compared, the mean difference (above nought where one is kinder), and the widest ones."""
    pairs = ((given, mean_of_others(given)) for given in ratings)
    found = [Compared(given.movie_id, given.value, mean) for given, mean in pairs if mean is not None]
    widest = sorted(found, key=lambda row: (row.difference, row.movie_id))
    higher = sorted(found, key=lambda row: (-row.difference, row.movie_id))
    return {
        "compared": len(found),
        "mean_difference": round(fmean(row.difference for row in found), 2) if found else None,
        "overrated": [_told(row) for row in higher[:MOST_NAMED] if row.difference > 0],
        "underrated": [_told(row) for row in widest[:MOST_NAMED] if row.difference < 0],
    }


def _told(row: Compared) -> dict[str, Any]:
    return {"movie_id": row.movie_id, "rating": row.rating, "mean": round(row.mean, 2)}
