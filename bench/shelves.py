"""What a made-up catalogue holds of each film, as rows for COPY: always the same for the same films."""

import itertools
import math
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from catalog.models import (
    Collection,
    Credit,
    Genre,
    Keyword,
    Movie,
    Offer,
    Person,
    Provider,
    Region,
    ReleaseDate,
)
from catalog.models.browsing import GENRES, genre_bits
from catalog.sync.parsing.movie import weighted_rating
from catalog.titles import title_key

FILMS, DETAILED, PEOPLE, KEYWORDS, COLLECTIONS, PROVIDERS = 1_000_000, 150_000, 300_000, 20_000, 5_000, 200
SYNCED = "2026-11-01T12:00:00Z"
# The shares of TMDB's genres among its films, in hundredths, in the order of `GENRES`.
SHARES = (9, 5, 6, 21, 8, 14, 36, 6, 5, 4, 10, 8, 4, 12, 6, 9, 12, 2, 1)
REGIONS = [
    "US",
    "GB",
    "FR",
    "DE",
    "ES",
    "IT",
    "CA",
    "AU",
    "BR",
    "MX",
    "JP",
    "KR",
    "IN",
    "SE",
    "NO",
    "DK",
    "FI",
    "NL",
    "BE",
    "CH",
    "AT",
    "PL",
    "PT",
    "IE",
    "NZ",
    "AR",
    "CL",
    "CO",
    "CZ",
    "TR",
]
# Services by rank: two that have a fifth of what streams, some shops that have most of it, and a long tail.
KINDS = ("flatrate", "flatrate", "rent", "buy", "ads", "free")
RARE_LANGUAGE, COMMON_YEAR = "xx", 2020
LOREM = "A quiet clerk finds a letter that was meant for another, and follows it across a town that is not on any map. "

Parts = dict[type, tuple[str, list[tuple]]]
THROUGH_GENRES, THROUGH_KEYWORDS = Movie.genres.through, Movie.keywords.through
TABLES = (
    *(Genre, Keyword, Collection, Person, Provider, Region),
    *(Movie, THROUGH_GENRES, THROUGH_KEYWORDS, Credit, Offer, ReleaseDate),
)
KNOWN = "tmdb_id, title, original_title, popularity"
FULL = (
    "tmdb_id, title, original_title, popularity, original_language, title_key, genre_bits, overview,"
    " released_on, runtime, poster_path, backdrop_path, tmdb_vote_average, tmdb_vote_count, weighted_rating,"
    " collection_id, synced_at"
)


def falling(count: int, slope: float, flat: float) -> list[float]:
    """Running sums of weights that fall as ranks do in a catalogue (Zipf, flattened at the top)."""
    return list(itertools.accumulate((rank + flat) ** -slope for rank in range(count)))


class Shelf:
    """The same random choices in the same order, each time."""

    def __init__(self) -> None:
        self.random = random.Random(7)
        self.people = range(1, PEOPLE + 1), falling(PEOPLE, 0.8, 50)
        self.keywords = range(1, KEYWORDS + 1), falling(KEYWORDS, 0.9, 20)
        self.providers = range(1, PROVIDERS + 1), falling(PROVIDERS, 0.8, 1)
        self.genres = GENRES, list(itertools.accumulate(SHARES))

    def some(self, of: tuple[Any, list[float]], count: int) -> list[int]:
        """At most so many, each once."""
        return list(dict.fromkeys(self.random.choices(of[0], cum_weights=of[1], k=count)))

    def reference(self) -> Parts:
        return {
            Genre: ("tmdb_id, name", [(genre, f"Genre {genre}") for genre in GENRES]),
            Keyword: ("tmdb_id, name", [(number, f"keyword {number}") for number in range(1, KEYWORDS + 1)]),
            Collection: ("tmdb_id, name", [(number, f"Collection {number}") for number in range(1, COLLECTIONS + 1)]),
            Person: (
                "tmdb_id, name, popularity",
                [(number, f"Person {number}", round(50_000 / (number + 500), 3)) for number in range(1, PEOPLE + 1)],
            ),
            Provider: ("tmdb_id, name", [(number, f"Service {number}") for number in range(1, PROVIDERS + 1)]),
            Region: ("code, name, has_streaming", [(code, code, True) for code in REGIONS]),
        }

    def known(self, films: list[tuple]) -> Parts:
        return {Movie: (KNOWN, [(number, title, original, liked) for number, title, original, _, liked, _ in films])}

    def detailed(self, films: list[tuple], rank: int) -> Parts:
        """The films' rows and those of all their parts; `rank` is the first one's among all."""
        parts: dict[type, list[tuple]] = {model: [] for model in TABLES}
        for place, film in enumerate(films, start=rank):
            self._film(parts, film, place)
        columns = {
            Movie: FULL,
            THROUGH_GENRES: "movie_id, genre_id",
            THROUGH_KEYWORDS: "movie_id, keyword_id",
            Credit: "movie_id, person_id, kind, position, job",
            Offer: "movie_id, region, provider_id, kind",
            ReleaseDate: "movie_id, region, kind, released_on",
        }
        return {model: (names, parts[model]) for model, names in columns.items()}

    def _film(self, parts: dict[type, list[tuple]], film: tuple, rank: int) -> None:
        number, title, original, language, liked, year = film
        if rank % 15_000 == 0:
            language = RARE_LANGUAGE
        elif language == RARE_LANGUAGE:
            language = "en"
        genres = self.some(self.genres, self.random.choice((1, 1, 2, 2, 3, 4)))
        came = date(year, 1, 1) + timedelta(days=self.random.randrange(365)) if self.random.random() < 0.97 else None
        length = round(self.random.gauss(97, 20)) if self.random.random() < 0.8 else self.random.randint(1, 45)
        votes = int(2_000_000 / (rank + 60) ** 1.1 * self.random.lognormvariate(0, 1))
        average = round(min(max(self.random.gauss(6.2, 1.3), 0.5), 10), 3) if votes else 0.0
        collection = self.random.randint(1, COLLECTIONS) if self.random.random() < 0.08 else None
        picture = f"/{number:027x}.jpg"
        told = number, title, original, liked, language, title_key(title), genre_bits(genres), LOREM * 4, came
        shown = max(length, 1) if length % 20 else None, picture, picture
        counted = average, votes, weighted_rating(average, votes)
        parts[Movie].append((*told, *shown, *counted, collection, SYNCED))
        parts[THROUGH_GENRES] += [(number, genre) for genre in genres]
        parts[THROUGH_KEYWORDS] += [(number, each) for each in self.some(self.keywords, self.random.randint(0, 12))]
        parts[Credit] += self._credits(number)
        parts[Offer] += self._offers(number, rank)
        parts[ReleaseDate] += self._releases(number, came)

    def _credits(self, number: int) -> Iterator[tuple]:
        size = min(30, 3 + int(self.random.expovariate(0.1)))
        for place, person in enumerate(self.some(self.people, size)):
            yield (
                (number, person, "cast", place - 2, "")
                if place > 1
                else (
                    number,
                    person,
                    "crew",
                    place,
                    "Writer" if place else "Director",
                )
            )

    def _offers(self, number: int, rank: int) -> set[tuple]:
        """In the first region of most of the better-known films; elsewhere of ever fewer."""
        found: set[tuple] = set()
        for place, region in enumerate(REGIONS):
            if self.random.random() < math.exp(-rank / 60_000) * (0.8 if place == 0 else 0.25):
                services = self.some(self.providers, self.random.randint(1, 5))
                found |= {(number, region, service, KINDS[service % len(KINDS)]) for service in services}
        return found

    def _releases(self, number: int, came: date | None) -> list[tuple]:
        if came is None:
            return []
        days = {region: came + timedelta(days=self.random.randrange(60)) for region in self.random.sample(REGIONS, 3)}
        return [(number, region, 3, day) for region, day in days.items()]
