"""A member's numbers, counted from facts: nothing here asks the database."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from activity.stats.comparing import compared
from activity.stats.facts import Facts, Film, Seen
from activity.stats.streaks import streaks
from catalog.models.browsing import GENRE_BITS
from reviews.models import HIGHEST, LOWEST
from watchlists.models import Precision

# So many of the films seen more than once are named.
MOST_REWATCHED = 10
DATED = (Precision.DAY, Precision.MONTH, Precision.YEAR)
MONTHS, WEEKDAYS = range(1, 13), range(1, 8)

Numbers = dict[str, Any]


def counted(facts: Facts, today: date) -> Numbers:
    """The numbers, of plain values that can be kept; films by their ids."""
    days = [seen.on for seen in facts.viewings if seen.precision == Precision.DAY]
    plays = Counter(seen.movie_id for seen in facts.viewings)
    minutes = sum((facts.films[movie_id].runtime or 0) * times for movie_id, times in plays.items())
    again = [row for row in plays.most_common() if row[1] > 1]
    return {
        "films": len(plays),
        "viewings": len(facts.viewings),
        "rewatches": sum(seen.is_rewatch for seen in facts.viewings),
        "minutes": minutes,
        **_by_time(facts, days),
        **_by_facts(facts, plays),
        "directors": facts.directors,
        "actors": facts.actors,
        "most_rewatched": sorted(again, key=lambda row: (-row[1], row[0]))[:MOST_REWATCHED],
        "streaks": streaks(days, today),
        "ratings": _ratings(facts),
    }


def _by_time(facts: Facts, days: list[date]) -> Numbers:
    """As far as it is known when: of a viewing of which the year alone is, not the month."""
    months = Counter(seen.on.month for seen in facts.viewings if seen.precision in (Precision.DAY, Precision.MONTH))
    weekdays = Counter(day.isoweekday() for day in days)
    years: dict[int, list[Seen]] = {}
    for seen in facts.viewings:
        if seen.precision in DATED:
            years.setdefault(seen.on.year, []).append(seen)
    return {
        "by_year": [_of_year(year, years[year], facts.films) for year in sorted(years)],
        "by_month": [{"month": month, "viewings": months[month]} for month in MONTHS],
        "by_weekday": [{"weekday": day, "viewings": weekdays[day]} for day in WEEKDAYS],
    }


def _of_year(year: int, viewings: list[Seen], films: dict[int, Film]) -> Numbers:
    minutes = sum(films[seen.movie_id].runtime or 0 for seen in viewings)
    watched = {seen.movie_id for seen in viewings}
    return {"year": year, "films": len(watched), "viewings": len(viewings), "minutes": minutes}


def _by_facts(facts: Facts, plays: Counter[int]) -> Numbers:
    """Films and viewings of each genre, decade, country and language; a film of two genres counts for both."""
    genres, decades, countries, languages = Tally(), Tally(), Tally(), Tally()
    for movie_id, times in plays.items():
        film = facts.films[movie_id]
        genres.add(_genres(film.genre_bits), times)
        decades.add([film.released_on.year // 10 * 10] if film.released_on else [], times)
        countries.add(dict.fromkeys(film.countries), times)
        languages.add([film.language] if film.language else [], times)
    return {
        "by_genre": [
            {"genre": {"id": pk, "name": facts.genres[pk]}, "films": genres.films[pk], "viewings": genres.viewings[pk]}
            for pk in genres.ordered()
            if pk in facts.genres
        ],
        "by_decade": sorted(decades.rows("decade"), key=lambda row: row["decade"]),
        "by_country": countries.rows("country"),
        "by_language": languages.rows("language"),
    }


@lru_cache(maxsize=10_000)
def _genres(bits: int) -> tuple[int, ...]:
    return tuple(genre for genre, bit in GENRE_BITS.items() if bits & bit)


class Tally:
    """How many films and viewings there are of each of something."""

    def __init__(self) -> None:
        self.films: Counter = Counter()
        self.viewings: Counter = Counter()

    def add(self, keys: Iterable[Any], times: int) -> None:
        """One film, seen so many times, that is of each of the keys."""
        for key in keys:
            self.films[key] += 1
            self.viewings[key] += times

    def ordered(self) -> list[Any]:
        """The keys, that of the most films first."""
        return sorted(self.films, key=lambda key: (-self.films[key], -self.viewings[key], key))

    def rows(self, name: str) -> list[Numbers]:
        return [{name: key, "films": self.films[key], "viewings": self.viewings[key]} for key in self.ordered()]


def _ratings(facts: Facts) -> Numbers:
    histogram = Counter(given.value for given in facts.ratings)
    total = sum(given.value for given in facts.ratings)
    return {
        "count": len(facts.ratings),
        "average": round(total / len(facts.ratings), 2) if facts.ratings else None,
        "histogram": {str(value): histogram[value] for value in range(LOWEST, HIGHEST + 1)},
        "community": compared(facts.ratings),
    }
