"""A member's numbers, counted from facts: nothing here asks the database."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from operator import itemgetter
from typing import Any

from activity.stats.comparing import compared
from activity.stats.facts import Facts, Film
from activity.stats.streaks import streaks
from catalog.models.browsing import GENRE_BITS
from reviews.models import HIGHEST, LOWEST
from watchlists.models import Precision

# So many of the films seen more than once are named.
MOST_REWATCHED = 10
MONTHS, WEEKDAYS = range(1, 13), range(1, 8)

Numbers = dict[str, Any]


def counted(facts: Facts, today: date) -> Numbers:
    """The numbers, of plain values that can be kept; films by their ids."""
    days = [on for _, on, precision, _ in facts.viewings if precision == Precision.DAY]
    plays = Counter(movie_id for movie_id, *_ in facts.viewings)
    again = [row for row in plays.items() if row[1] > 1]
    return {
        "films": len(plays),
        "viewings": len(facts.viewings),
        "rewatches": sum(is_rewatch for *_, is_rewatch in facts.viewings),
        "minutes": sum(times * (facts.films[movie_id][0] or 0) for movie_id, times in plays.items()),
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
    months = Counter(
        on.month for _, on, precision, _ in facts.viewings if precision in (Precision.DAY, Precision.MONTH)
    )
    weekdays = Counter(day.isoweekday() for day in days)
    years: dict[int, list[int]] = {}
    for movie_id, on, precision, _ in facts.viewings:
        if precision != Precision.UNKNOWN:
            years.setdefault(on.year, []).append(movie_id)
    return {
        "by_year": [_of_year(year, years[year], facts.films) for year in sorted(years)],
        "by_month": [{"month": month, "viewings": months[month]} for month in MONTHS],
        "by_weekday": [{"weekday": day, "viewings": weekdays[day]} for day in WEEKDAYS],
    }


def _of_year(year: int, seen: list[int], films: dict[int, Film]) -> Numbers:
    minutes = sum(films[movie_id][0] or 0 for movie_id in seen)
    return {"year": year, "films": len(set(seen)), "viewings": len(seen), "minutes": minutes}


def _by_facts(facts: Facts, plays: Counter[int]) -> Numbers:
    """Films and viewings of each genre, decade, country and language; a film of two genres counts for both."""
    times = list(plays.values())
    films = [facts.films[movie_id] for movie_id in plays]
    releases, spoken, bits, made_in = (map(itemgetter(place), films) for place in (1, 2, 3, 4))
    genres, countries = Tally(bits, times, _genres), Tally(made_in, times, dict.fromkeys)
    decades = Tally((day and day.year // 10 * 10 for day in releases), times)
    languages = Tally(spoken, times)
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


def _genres(bits: int) -> tuple[int, ...]:
    return tuple(genre for genre, bit in GENRE_BITS.items() if bits & bit)


def _itself(value: Any) -> tuple:
    return (value,) if value else ()


class Tally:
    """How many films and viewings there are of each of something, by a value of each film and how often it was seen.

    `parts` are what a value is made of; of ten thousand films few have different ones, so each is taken apart once.
    """

    def __init__(self, values: Iterable[Any], times: list[int], parts: Callable[[Any], Iterable] = _itself) -> None:
        each = list(values)
        films = Counter(each)
        viewings = Counter(films)
        for value, number in zip(each, times, strict=True):
            if number > 1:  # few are seen again, and what the loop leaves out is counted without one
                viewings[value] += number - 1
        self.films: Counter = Counter()
        self.viewings: Counter = Counter()
        for value, number in films.items():
            for part in parts(value):
                self.films[part] += number
                self.viewings[part] += viewings[value]

    def ordered(self) -> list[Any]:
        """The keys, that of the most films first."""
        return sorted(self.films, key=lambda key: (-self.films[key], -self.viewings[key], key))

    def rows(self, name: str) -> list[Numbers]:
        return [{name: key, "films": self.films[key], "viewings": self.viewings[key]} for key in self.ordered()]


def _ratings(facts: Facts) -> Numbers:
    histogram = Counter(value for _, value, *_ in facts.ratings)
    total = sum(value * number for value, number in histogram.items())
    return {
        "count": len(facts.ratings),
        "average": round(total / len(facts.ratings), 2) if facts.ratings else None,
        "histogram": {str(value): histogram[value] for value in range(LOWEST, HIGHEST + 1)},
        "community": compared(facts.ratings),
    }
