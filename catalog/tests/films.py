"""Films for the tests of what is read: each a row as the sync would have written it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from catalog.models import Credit, Genre, Keyword, Movie, Offer, Person, Provider, Region, RegionalProvider
from catalog.models.browsing import genre_bits
from catalog.search import index, search_key
from catalog.titles import title_key

SYNCED = datetime(2026, 11, 1, 12, 30, tzinfo=UTC)


def make_movie(movie_id: int, title: str, *, genres: tuple[Genre, ...] = (), **fields: Any) -> Movie:
    """A listed, detailed film; popularity falls with the id unless it is given."""
    movie = _row(movie_id, title, genres, fields)
    movie.save(force_insert=True)
    if genres:
        movie.genres.set(genres)
    index.put_movies([movie_id])
    return movie


def make_movies(ids: Iterable[int], title: str = "Film {}", **fields: Any) -> list[Movie]:
    """As many such films, at once: one by one they take many times as long. `{}` in the title is the film's id."""
    movies = Movie.objects.bulk_create(_row(key, title.format(key), (), fields) for key in ids)
    index.put_movies([movie.pk for movie in movies])
    return movies


def _row(movie_id: int, title: str, genres: tuple[Genre, ...], fields: dict[str, Any]) -> Movie:
    original = fields.get("original_title", title)
    defaults: dict[str, Any] = {
        "search_key": search_key(title, original),
        "title_key": title_key(title) if fields.get("synced_at", SYNCED) else None,
        "genre_bits": genre_bits(genre.pk for genre in genres),
        "original_title": original,
        "original_language": "en",
        "released_on": date(1995, 12, 15),
        "runtime": 100,
        "popularity": 1000 / movie_id,
        "tmdb_vote_average": 7.0,
        "tmdb_vote_count": 100,
        "weighted_rating": 6.8,
        "synced_at": SYNCED,
    }
    return Movie(tmdb_id=movie_id, title=title, **defaults | fields)


HEAT = {
    "imdb_id": "tt0113277",
    "runtime": 170,
    "poster_path": "/heat.jpg",
    "backdrop_path": "/la.jpg",
    "rating_total": 17,
    "rating_count": 2,
    "tmdb_vote_average": 7.9,
    "countries": ["US"],
    "languages": ["en", "es"],
    "popularity": 50.0,
    "weighted_rating": 7.8,
}


def make_person(person_id: int, name: str, **fields: Any) -> Person:
    person = Person.objects.create(tmdb_id=person_id, name=name, **fields)
    index.put_people([person_id])
    return person


def make_heat() -> Movie:
    """Heat, with a part of every kind."""
    heat = make_movie(949, "Heat", genres=(Genre.objects.create(tmdb_id=80, name="Crime"),), **HEAT)
    heat.keywords.add(Keyword.objects.create(tmdb_id=642, name="robbery"))
    pacino, mann = make_person(1158, "Al Pacino", known_for="Acting"), make_person(638, "Michael Mann")
    heat.credits.create(person=pacino, kind=Credit.Kind.CAST, position=0, character="Vincent Hanna")
    heat.credits.create(person=mann, kind=Credit.Kind.CREW, position=0, job="Director")
    heat.videos.create(site="YouTube", key="2GfZl4kuVNI", kind="Trailer", name="Trailer", is_official=True)
    heat.release_dates.create(region="US", kind=3, released_on=date(1995, 12, 15), certification="R")
    make_offer(heat, make_provider(8, "Netflix"), region="US", link="https://example.org/heat")
    return heat


def make_provider(provider_id: int, name: str, **ranks: int) -> Provider:
    """A service; `US=1` says its rank there."""
    provider = Provider.objects.create(tmdb_id=provider_id, name=name, logo_path=f"/{provider_id}.jpg")
    for code, rank in ranks.items():
        region = Region.objects.get_or_create(code=code, defaults={"name": code, "has_streaming": True})[0]
        RegionalProvider.objects.create(provider=provider, region=region, priority=rank)
    return provider


def make_offer(movie: Movie, provider: Provider, *, region: str, kind: str = "flatrate", **fields: Any) -> Offer:
    return movie.offers.create(provider=provider, region=region, kind=kind, **fields)


def ids(response: Any) -> list[int]:
    """The ids of a list's rows, in its order."""
    assert response.status_code == 200, response.content
    return [row["id"] for row in response.json()["results"]]


def fault(response: Any) -> tuple[int, str, str | None]:
    """What a refusal says: status, code, and the parameter that it names."""
    body = response.json()
    return response.status_code, body["errors"][0]["code"], body["errors"][0]["attr"]
