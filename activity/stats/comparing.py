"""How one's ratings differ from others': this site's members', else TMDB's voters'."""

from collections.abc import Iterable
from heapq import nsmallest
from statistics import fmean
from typing import Any, NamedTuple

from activity.stats.facts import Given

# Of fewer, a mean says little.
FEWEST_MEMBERS, FEWEST_VOTES = 5, 50
MOST_NAMED = 5


class Compared(NamedTuple):
    """`difference` is above nought where the member gave more than others."""

    difference: float
    movie_id: int
    rating: int
    mean: float


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
    found = [
        Compared(given.value - mean, given.movie_id, given.value, mean) for given, mean in pairs if mean is not None
    ]
    higher = nsmallest(MOST_NAMED, (row for row in found if row.difference > 0), key=lambda row: (-row[0], row[1]))
    lower = nsmallest(MOST_NAMED, (row for row in found if row.difference < 0))
    return {
        "compared": len(found),
        "mean_difference": round(fmean(row.difference for row in found), 2) if found else None,
        "overrated": list(map(_told, higher)),
        "underrated": list(map(_told, lower)),
    }


def _told(row: Compared) -> dict[str, Any]:
    return {"movie_id": row.movie_id, "rating": row.rating, "mean": round(row.mean, 2)}
