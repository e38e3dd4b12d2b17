"""How the databases find a page of films: no combination of filter and order reads a table of millions from end to end.

The catalogue is small, and made so that its plans are those of a large one: most films are known by their title alone,
rows are wide, and each fact is common among some films and rare among others. `bench.browsing` asks the same at a
million.
"""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from catalog.filters import ORDERINGS
from catalog.models import ChartEntry, Collection, Credit, Genre, Keyword, Movie, Offer, Person, Provider, ReleaseDate
from catalog.search.candidates import engine
from catalog.titles import title_key
from tests.emptying import analyse
from tests.environment import ON_SERVICES

# PostgreSQL vacuums only what is committed, and lets an index alone tell only of what is vacuumed.
pytestmark = [pytest.mark.django_db(transaction=ON_SERVICES), pytest.mark.slow]
API = "/api/v1"
FILMS, DETAILED, PEOPLE, KEYWORDS, PROVIDERS = 24_000, 3_000, 2_000, 500, 40
REGIONS = ("US", "FR", "SE", "JP")
NOW = timezone.now()
FIRST_DAY = NOW.date() - timedelta(days=9 * DETAILED - 100)  # the last films come in a hundred days
LARGE = ("movie", "credit", "offer", "movie_keywords", "movie_genres", "releasedate", "person")
TABLES = tuple(f"catalog_{name}" for name in LARGE)
FILTERS = {
    "genre": ("18", "37", "18,35"),
    "year": ("2020", "1965"),
    "year_min": ("2015",),
    "year_max": ("1960",),
    "runtime_min": ("120",),
    "runtime_max": ("60",),
    "rating_min": ("7", "9.8"),
    "votes_min": ("20", "2900"),
    "language": ("en", "xx"),
    "person": ("1", "1999"),
    "keyword": ("1", "499"),
    "collection": ("17",),
    "provider": ("1&region=US", "39&region=SE"),
}
NARROWED = [(name, f"{name}={value}") for name, values in FILTERS.items() for value in values]
ORDERED = [f"ordering={sign}{name}" for name in ORDERINGS for sign in ("", "-")]
ALONE = ["", *ORDERED, *(query for _, query in NARROWED)]
PAIRS = [f"{first}&{second}" for (a, first), (b, second) in itertools.combinations(NARROWED, 2) if a != b]
IN_ORDER = [f"{query}&{order}" for (_, query), order in itertools.product(NARROWED, ORDERED)]
OTHERS = [
    *("movies/popular", "movies/trending", "movies/top-rated", "movies/now-playing?region=US", "movies/upcoming"),
    *("movies/5", "movies/5/credits", "movies/5/similar", "movies/5/streaming?region=US", "people/1", "collections/17"),
    *("streaming/movies?region=US", "streaming/movies?provider=39&region=SE", "genres", "streaming/providers"),
    *(
        f"streaming/movies?new_since={NOW.date() - timedelta(days=2)}",
        "streaming/movies?provider=1&region=FR",
        "streaming",
    ),
]


def films() -> Iterator[Movie]:
    for key in range(1, FILMS + 1):
        title = f"Film {key * 7919 % 10_007}"
        film = Movie(tmdb_id=key, title=title, original_title=title, popularity=1 / key, overview="")
        if key <= DETAILED:
            film.title_key, film.overview = title_key(title), f"{key * 7919:040}" * 20
            film.released_on, film.runtime = FIRST_DAY + timedelta(days=key * 9), key % 170 + 10
            film.genre_bits = 1 << key % 19 | 1 << 6 * (key % 3)
            film.original_language = "xx" if key % 1000 == 7 else ("en", "en", "ja", "fr")[key % 4]
            film.tmdb_vote_average, film.tmdb_vote_count = key * 17 % 100 / 10, DETAILED - key
            film.weighted_rating = film.tmdb_vote_average
            film.collection_id = key % 300 + 1 if key % 12 == 0 else None
            film.synced_at = NOW
        yield film


def parts() -> Iterator[list]:
    """What each detailed film has in other tables: a few of the well known, and others of a long tail."""
    held = range(1, DETAILED + 1)
    cast = ((key, {key**2 % 40 + 1, *(key * step * 7 % PEOPLE + 1 for step in range(2, 7))}) for key in held)
    yield [
        Credit(movie_id=key, person_id=person, kind="cast", position=place)
        for key, people in cast
        for place, person in enumerate(sorted(people))
    ]
    tagged, is_of = Movie.keywords.through, Movie.genres.through
    yield [tagged(movie_id=key, keyword_id=key * step % KEYWORDS + 1) for key in held for step in (1, 3) if key % 250]
    yield [is_of(movie_id=key, genre_id=genre) for key in held for genre in {18, 35 if key % 2 else 37}]
    yield [offer(key, place) for key in held for place in range(len(REGIONS))]
    yield [release(key, place) for key in held for place in range(len(REGIONS))]
    yield [ChartEntry(chart="trending", movie_id=key, position=key) for key in range(1, 101)]


def offer(key: int, place: int) -> Offer:
    service = (key * (place + 1)) ** 2 % PROVIDERS + 1
    seen = {"first_seen_at": NOW - timedelta(hours=key), "last_seen_at": NOW, "is_arrival": True}
    return Offer(movie_id=key, region=REGIONS[place], provider_id=service, kind="flatrate", **seen)


def release(key: int, place: int) -> ReleaseDate:
    day = FIRST_DAY + timedelta(days=key * 9 + place)
    return ReleaseDate(movie_id=key, region=REGIONS[place], kind=3, released_on=day)


@pytest.fixture
def catalogue():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # what other tests rolled back still fills pages, and costs in a plan
            cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
    for model, count in ((Person, PEOPLE), (Keyword, KEYWORDS), (Provider, PROVIDERS), (Collection, 301)):
        model.objects.bulk_create(model(tmdb_id=key, name=f"{model.__name__} {key}") for key in range(1, count + 1))
    Genre.objects.bulk_create(Genre(tmdb_id=key, name=str(key)) for key in (18, 35, 37))
    with transaction.atomic():
        for rows in (list(films()), *parts()):
            engine().insert_new(type(rows[0]), rows)  # a quarter of what `bulk_create` takes
    analyse(connection)


def read_whole(plan: list[str]) -> list[str]:
    """The steps that read one of the large tables from end to end."""
    if connection.vendor == "sqlite":
        return [step for step in plan if step in {f"SCAN {table}" for table in TABLES}]
    return [step.strip() for step in plan if any(f"Seq Scan on {table} " in f"{step} " for table in TABLES)]


@contextmanager
def explained() -> Iterator[list[str]]:
    """Every step of the plans of what is asked within that reads a whole table."""
    told, prefix = [], "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "

    def explain(execute, sql, params, many, context):
        if "SELECT" in sql and not sql.startswith("EXPLAIN"):
            with connection.cursor() as cursor:
                cursor.execute(prefix + sql.rpartition("; ")[2], params)
                told.extend(read_whole([str(row[-1]) for row in cursor.fetchall()]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield told


def whole_reads(api, paths: list[str]) -> dict[str, list[str]]:
    found = {}
    for path in paths:
        with explained() as told:
            response = api.get(f"{API}/{path}")
        assert response.status_code == 200, path
        if told:
            found[path] = told
    return found


def test_no_list_reads_a_whole_table(api, catalogue, monkeypatch):
    """Neither in any order and narrowed by any two filters, nor another."""
    with explained() as told:
        assert len(Movie.objects.filter(overview="")) == FILMS - DETAILED
    assert len(told) == 1, "a whole read is told of"
    assert whole_reads(api, [f"movies?{query}" for query in (*ALONE, *PAIRS, *IN_ORDER)]) == {}
    monkeypatch.setattr("catalog.similar.POPULAR_ENOUGH", 10)  # of three thousand films, 500 are a good part
    assert whole_reads(api, OTHERS) == {}
