"""Rows that are put in many at once lie there as Django writes them alone."""

from datetime import UTC, datetime

import pytest
from django.db import connection, models

from catalog.inserting import insert, insert_new, upsert
from catalog.models import Genre, Movie, Offer
from catalog.tests.films import make_heat, make_movie, make_provider

pytestmark = pytest.mark.django_db
SEEN = datetime(2026, 11, 1, 12, 30, 15, 250_000, tzinfo=UTC)
OFFER = {
    **{
        "movie_id": 949,
        "region": "US",
        "provider_id": 8,
        "kind": Offer.Kind.FLATRATE,
        "link": "https://example.org/'%s",
    },
    **{"first_seen_at": SEEN, "last_seen_at": SEEN, "is_arrival": True},
}


@pytest.fixture(params=[1, 1_000], ids=["as many", "as few"])
def many(request, monkeypatch):
    """Few take another way into PostgreSQL than many."""
    monkeypatch.setattr("catalog.inserting.MANY", request.param)


def lying_there(table: type[models.Model]) -> list[dict]:
    """What the database itself holds, but for keys that it gives."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table._meta.db_table} ORDER BY 1")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) | {"id": None} for row in cursor.fetchall()]


def test_times_choices_and_truths_are_written_as_django_does():
    make_movie(949, "Heat")
    make_provider(8, "Netflix", US=1)
    Offer.objects.create(**OFFER)
    alone = lying_there(Offer)
    Offer.objects.all().delete()
    insert(Offer, list(OFFER), [tuple(OFFER.values())])
    assert lying_there(Offer) == alone


def test_what_is_there_stays_and_what_is_new_comes(many):
    Genre.objects.create(tmdb_id=80, name="Crime")
    insert_new(Genre, ["tmdb_id", "name"], [(80, "Other"), (18, "Drama")])
    assert dict(Genre.objects.values_list("tmdb_id", "name")) == {80: "Crime", 18: "Drama"}


def test_a_whole_film_written_over_itself_is_the_same_and_only_what_is_named_changes(many):
    make_heat()
    before = lying_there(Movie)
    film = Movie.objects.get()
    film.title, film.runtime = "Otherwise", 3
    upsert([film], ["runtime", "countries", "released_on", "synced_at"])
    assert lying_there(Movie) == [before[0] | {"runtime": 3}]
    upsert([Movie(tmdb_id=2, title="New", countries=["FR"])], ["title"])
    assert Movie.objects.get(pk=2).countries == ["FR"]


def test_none_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert(Offer, list(OFFER), [])
        insert_new(Genre, ["tmdb_id", "name"], [])
        upsert([], ["title"])
