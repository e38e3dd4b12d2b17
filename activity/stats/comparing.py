"""How one's ratings differ from others': this site's members', else TMDB's voters'."""

from collections.abc import Iterable, Iterator
from heapq import nsmallest
from statistics import fmean
from typing import Any

from activity.stats.facts import Given

# Of fewer, a mean says little.
FEWEST_MEMBERS, FEWEST_VOTES = 5, 50
MOST_NAMED = 5


# What the member gave above what others did, film, what the member gave, others' mean.
Compared = tuple[float, int, int, float]


def compared(ratings: Iterable[Given]) -> dict[str, Any]:
    """How many could be compared, the mean difference (above nought where one is kinder), and the widest ones."""
    found = list(_compared(ratings))
    higher = nsmallest(MOST_NAMED, (row for row in found if row[0] > 0), key=lambda row: (-row[0], row[1]))
    lower = nsmallest(MOST_NAMED, (row for row in found if row[0] < 0))
    return {
        "compared": len(found),
        "mean_difference": round(fmean(row[0] for row in found), 2) if found else None,
        "overrated": list(map(_told, higher)),
        "underrated": list(map(_told, lower)),
    }


def _compared(ratings: Iterable[Given]) -> Iterator[Compared]:
    """With the mean of the other members, or else of TMDB's voters; not where too few gave anything."""
    for movie_id, value, is_counted, total, count, tmdb_average, tmdb_count in ratings:
        others = count - is_counted
        if others >= FEWEST_MEMBERS:
            mean = (total - value * is_counted) / others
        elif tmdb_count >= FEWEST_VOTES:
            mean = tmdb_average
        else:
            continue
        yield value - mean, movie_id, value, mean


def _told(row: Compared) -> dict[str, Any]:
    _, movie_id, rating, mean = row
    return {"movie_id": movie_id, "rating": rating, "mean": round(mean, 2)}
