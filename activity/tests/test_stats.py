"""A member's numbers: exactly what plain Python counts, over whatever they wrote."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import Sum

from accounts.models import User
from accounts.tests.members import API, caller, make_member
from activity.tests.rows import film, rate, watch
from catalog.models import Credit, Genre, Movie, Person
from catalog.models.browsing import GENRES, genre_bits
from reviews.models import Rating
from watchlists.models import Viewing

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("stats")]
START = date(2024, 6, 1)
FEW = GENRES[:4]


def stats(viewer, path: str = "users/stats", **query) -> dict:
    response = caller(viewer).get(f"{API}/{path}", query)
    assert response.status_code == 200, response.data
    return response.json()


def make_films(draw: random.Random, number: int) -> list[Movie]:
    """Films of some genres, decades and countries, a few of which nothing is known of."""
    Genre.objects.bulk_create(Genre(pk=pk, name=f"Genre {pk}") for pk in FEW)
    people = Person.objects.bulk_create(Person(pk=pk, name=f"Person {pk}") for pk in range(1, 13))
    movies = []
    for pk in range(1, number + 1):
        genres = draw.sample(FEW, draw.randint(0, 3))
        known = draw.random() < 0.9
        movie = film(
            pk,
            runtime=draw.randint(60, 200) if known else None,
            released_on=date(draw.randint(1920, 2025), 3, 1) if known else None,
            original_language=draw.choice(["en", "fr", "ja", ""]),
            countries=draw.sample(["US", "FR", "JP"], draw.randint(0, 2)),
            genre_bits=genre_bits(genres),
            tmdb_vote_average=round(draw.uniform(2, 9), 1),
            tmdb_vote_count=draw.choice([0, 49, 50, 900]),
        )
        movie.genres.set(genres)
        credit(draw, movie, people)
        movies.append(movie)
    return movies


def credit(draw: random.Random, movie: Movie, people: list[Person]) -> None:
    for place, person in enumerate(draw.sample(people, 9)):
        Credit.objects.create(movie=movie, person=person, kind="cast", position=place)
    Credit.objects.create(movie=movie, person=draw.choice(people), kind="crew", position=0, job="Director")
    Credit.objects.create(movie=movie, person=people[0], kind="crew", position=1, job="Writer")


def keep_diary(draw: random.Random, user: User, movies: list[Movie]) -> None:
    for _ in range(150):
        movie, on = draw.choice(movies), START + timedelta(days=draw.randrange(500))
        kind = draw.choice(["day"] * 6 + ["month", "year", "unknown"])
        if kind == "unknown":
            watch(user, movie, None)
            continue
        on = on.replace(day=1) if kind != "day" else on
        on = on.replace(month=1) if kind == "year" else on
        watch(user, movie, on, precision=kind, is_rewatch=draw.random() < 0.3)
    for movie in draw.sample(movies, 25):
        at = datetime(draw.choice([2024, 2025]), 5, draw.randint(1, 28), tzinfo=UTC)
        own = rate(user, movie, draw.randint(1, 10), rated_at=at, is_counted=draw.random() < 0.8)
        others = draw.randint(0, 9)
        movie.rating_count = others + own.is_counted
        movie.rating_total = draw.randint(others, 10 * others) + own.value * own.is_counted
        movie.save(update_fields=["rating_count", "rating_total"])


@pytest.fixture(scope="module", params=[1, 2])
def keepers(request, kept_for_all) -> Iterator[tuple[User, User]]:
    """Two members whose diaries are all drawn, once for all that is counted of them."""
    draw = random.Random(request.param)
    with transaction.atomic():
        movies = make_films(draw, 40)
        ann, bob = make_member("ann"), make_member("bob")
        keep_diary(draw, ann, movies)
        for _ in range(30):
            watch(bob, draw.choice(movies), START)
        yield ann, bob
        transaction.set_rollback(True)


@pytest.fixture
def diary(keepers) -> User:
    return keepers[0]


@pytest.fixture
def bob(keepers) -> User:
    return keepers[1]


def viewings_of(user: User, year: int | None) -> list[Viewing]:
    found = Viewing.objects.filter(user=user).select_related("movie")
    return [one for one in found if year is None or (one.watched_on and one.watched_on.year == year)]


@pytest.mark.parametrize("year", [None, 2024, 2025, 1999])
def test_sums_and_times_are_those_of_the_rows(diary, year):
    found, seen = stats(diary, **({"year": year} if year else {})), viewings_of(diary, year)
    assert found["year"] == year
    assert found["viewings"] == len(seen)
    assert found["films"] == len({one.movie_id for one in seen})
    assert found["rewatches"] == sum(one.is_rewatch for one in seen)
    assert found["minutes"] == sum(one.movie.runtime or 0 for one in seen)
    months = Counter(one.watched_on.month for one in seen if one.precision in ("day", "month"))
    assert found["by_month"] == [{"month": month, "viewings": months[month]} for month in range(1, 13)]
    days = Counter(one.watched_on.isoweekday() for one in seen if one.precision == "day")
    assert found["by_weekday"] == [{"weekday": day, "viewings": days[day]} for day in range(1, 8)]
    years = sorted({one.watched_on.year for one in seen if one.watched_on})
    assert [row["year"] for row in found["by_year"]] == years
    for row in found["by_year"]:
        of_year = viewings_of(diary, row["year"])
        assert row["viewings"] == len(of_year)
        assert row["minutes"] == sum(one.movie.runtime or 0 for one in of_year)
        assert row["films"] == len({one.movie_id for one in of_year})


def tallied(seen: list[Viewing], keys_of) -> dict:
    films = {one.movie_id: one.movie for one in seen}
    counted = Counter(key for movie in films.values() for key in keys_of(movie))
    plays = Counter(key for one in seen for key in keys_of(one.movie))
    return {key: (counted[key], plays[key]) for key in counted}


@pytest.mark.parametrize("year", [None, 2024, 1999])
def test_what_films_are_is_counted_by_film_and_by_viewing(diary, year):
    found, seen = stats(diary, **({"year": year} if year else {})), viewings_of(diary, year)

    def told(name: str, key: str, part=lambda value: value) -> dict:
        return {part(row[key]): (row["films"], row["viewings"]) for row in found[name]}

    decade = tallied(seen, lambda movie: [movie.released_on.year // 10 * 10] if movie.released_on else [])
    assert told("by_decade", "decade") == decade
    assert told("by_country", "country") == tallied(seen, lambda movie: movie.countries)
    assert told("by_language", "language") == tallied(seen, lambda movie: filter(None, [movie.original_language]))
    genres = tallied(seen, lambda movie: [genre.pk for genre in movie.genres.all()])
    assert told("by_genre", "genre", lambda genre: genre["id"]) == genres
    assert {row["genre"]["name"] for row in found["by_genre"]} == {f"Genre {pk}" for pk in genres}
    assert [row["decade"] for row in found["by_decade"]] == sorted(decade)
    for name in ("by_country", "by_language", "by_genre"):
        assert [row["films"] for row in found[name]] == sorted((row["films"] for row in found[name]), reverse=True)


@pytest.mark.parametrize("year", [None, 2025])
def test_people_are_those_of_most_of_the_films(diary, year):
    found, seen = stats(diary, **({"year": year} if year else {})), viewings_of(diary, year)
    films = {one.movie_id: one.movie for one in seen}.values()
    for name, part in (("directors", {"job": "Director"}), ("actors", {"kind": "cast", "position__lt": 5})):
        counted = Counter(credit.person_id for movie in films for credit in movie.credits.filter(**part))
        ranked = sorted(counted.items(), key=lambda row: (-row[1], row[0]))[:10]
        assert [(row["id"], row["films"]) for row in found[name]] == ranked
        assert {row["name"] for row in found[name]} == {f"Person {pk}" for pk, _ in ranked}


@pytest.mark.parametrize("year", [None, 2024])
def test_the_most_rewatched_are_those_seen_most_often(diary, year):
    found, seen = stats(diary, **({"year": year} if year else {})), viewings_of(diary, year)
    plays = Counter(one.movie_id for one in seen)
    ranked = sorted(((pk, times) for pk, times in plays.items() if times > 1), key=lambda row: (-row[1], row[0]))
    assert [(row["movie"]["id"], row["plays"]) for row in found["most_rewatched"]] == ranked[:10]


@pytest.mark.parametrize("year", [None, 2024])
def test_ratings_are_counted_and_compared_with_what_others_gave(diary, year):
    found = stats(diary, **({"year": year} if year else {}))["ratings"]
    given = Rating.objects.filter(user=diary).select_related("movie")
    given = [one for one in given if year is None or one.rated_at.year == year]
    values = Counter(one.value for one in given)
    assert found["count"] == len(given)
    assert found["histogram"] == {str(value): values[value] for value in range(1, 11)}
    assert found["average"] == pytest.approx(sum(one.value for one in given) / len(given), abs=0.005)
    differences = {}
    for one in given:
        others = one.movie.rating_count - one.is_counted
        total = one.movie.rating_total - one.value * one.is_counted
        if others >= 5:
            differences[one.movie_id] = one.value - total / others
        elif one.movie.tmdb_vote_count >= 50:
            differences[one.movie_id] = one.value - one.movie.tmdb_vote_average
    community = found["community"]
    assert community["compared"] == len(differences)
    assert community["mean_difference"] == pytest.approx(sum(differences.values()) / len(differences), abs=0.005)
    over = sorted((pk for pk in differences if differences[pk] > 0), key=lambda pk: (-differences[pk], pk))
    under = sorted((pk for pk in differences if differences[pk] < 0), key=lambda pk: (differences[pk], pk))
    assert [row["movie"]["id"] for row in community["overrated"]] == over[:5]
    assert [row["movie"]["id"] for row in community["underrated"]] == under[:5]
    for row in community["overrated"] + community["underrated"]:
        assert row["rating"] - row["mean"] == pytest.approx(differences[row["movie"]["id"]], abs=0.006)


def test_the_sums_of_two_members_are_their_own(diary, bob):
    assert stats(diary)["viewings"] + stats(bob)["viewings"] == Viewing.objects.count()
    assert (
        stats(bob)["minutes"]
        == Viewing.objects.filter(user=bob).aggregate(Sum("movie__runtime"))["movie__runtime__sum"]
    )
