"""What storing leaves in the database: whole films, and only what differs touched."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from catalog.models import Collection, Credit, Genre, Movie, Person, Provider, SyncFailure
from catalog.sync.failures import put_aside
from catalog.sync.outcomes import Failed
from catalog.sync.parsing import read_movie
from catalog.sync.storing import bury, store
from catalog.tests.facts import held, told

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=8)
AVATAR, MATRIX, TITANIC = 19995, 603, 597


def facts_of(tmdb, *ids):
    return [read_movie(tmdb.films[key], key) for key in ids]


def people_of(movie_id):
    return list(Credit.objects.filter(movie=movie_id).values_list("person_id", flat=True))


def test_a_film_is_stored_with_all_its_parts(tmdb):
    tmdb.set_offers(AVATAR, {"US": {"flatrate": [8], "rent": [2]}})
    stored = store(facts_of(tmdb, AVATAR, MATRIX), NOW)
    assert (stored.changed, stored.unchanged, stored.failed) == ([MATRIX, AVATAR], [], [])
    for key in (AVATAR, MATRIX):
        assert held(key) == told(tmdb.films[key])
    avatar = Movie.objects.get(pk=AVATAR)
    assert avatar.synced_at == NOW
    assert avatar.collection.name
    assert avatar.offers.count() == 2
    assert avatar.genres.exists()
    assert avatar.keywords.exists()


def test_an_unchanged_film_has_only_its_time_written(tmdb, django_assert_num_queries):
    store(facts_of(tmdb, AVATAR), NOW)
    Credit.objects.filter(movie=AVATAR).update(job="left alone")
    # The row is locked, its time written, its failure (none) taken out; a savepoint around.
    with django_assert_num_queries(5):
        stored = store(facts_of(tmdb, AVATAR), LATER)
    assert (stored.changed, stored.unchanged) == ([], [AVATAR])
    assert Movie.objects.get(pk=AVATAR).synced_at == LATER
    assert set(Credit.objects.filter(movie=AVATAR).values_list("job", flat=True)) == {"left alone"}


def test_of_a_changed_film_only_what_differs_is_touched(tmdb):
    store(facts_of(tmdb, AVATAR), NOW)
    before = dict(Credit.objects.filter(movie=AVATAR).values_list("pk", "position"))
    tmdb.films[AVATAR]["credits"]["cast"][0]["character"] = "Another"
    store(facts_of(tmdb, AVATAR), LATER)
    after = dict(Credit.objects.filter(movie=AVATAR).values_list("pk", "position"))
    assert held(AVATAR) == told(tmdb.films[AVATAR])
    assert len(before.keys() - after.keys()) == 1
    assert len(after.keys() - before.keys()) == 1


def test_what_tmdb_no_longer_says_is_gone_here_too(tmdb):
    tmdb.set_offers(AVATAR, {"US": {"flatrate": [8]}})
    store(facts_of(tmdb, AVATAR), NOW)
    tmdb.films[AVATAR] |= {"credits": {"cast": [], "crew": []}, "genres": [], "watch/providers": {"results": {}}}
    tmdb.films[AVATAR]["belongs_to_collection"] = None
    store(facts_of(tmdb, AVATAR), LATER)
    avatar = Movie.objects.get(pk=AVATAR)
    assert not avatar.credits.exists()
    assert not avatar.genres.exists()
    assert not avatar.offers.current().exists()
    assert avatar.collection is None
    assert Genre.objects.exists()
    assert Collection.objects.exists()
    assert Provider.objects.exists()


def test_credits_that_change_places_are_stored(tmdb):
    store(facts_of(tmdb, AVATAR), NOW)
    cast = tmdb.films[AVATAR]["credits"]["cast"]
    first, second = cast[0]["order"], cast[1]["order"]
    cast[0]["order"], cast[1]["order"] = second, first
    assert not store(facts_of(tmdb, AVATAR), LATER).failed
    assert held(AVATAR) == told(tmdb.films[AVATAR])


def test_a_person_who_was_renamed_is_found_by_the_new_name(tmdb):
    store(facts_of(tmdb, AVATAR), NOW)
    actor = tmdb.films[AVATAR]["credits"]["cast"][0]
    actor["name"] = "Ångström"
    store(facts_of(tmdb, AVATAR), LATER)
    person = Person.objects.get(pk=actor["id"])
    assert (person.name, person.search_entry.names) == ("Ångström", "|angstrom|")


def test_a_service_keeps_the_rank_that_the_reference_gave_it(tmdb):
    Provider.objects.create(tmdb_id=8, name="Netflix", priority=77)
    tmdb.set_offers(AVATAR, {"US": {"flatrate": [8]}})
    store(facts_of(tmdb, AVATAR), NOW)
    assert Provider.objects.get(pk=8).priority == 77


def test_the_members_ratings_are_never_touched(tmdb):
    store(facts_of(tmdb, AVATAR), NOW)
    Movie.objects.filter(pk=AVATAR).update(rating_total=27, rating_count=3)
    tmdb.films[AVATAR]["title"] = "Avatar, again"
    store(facts_of(tmdb, AVATAR), LATER)
    avatar = Movie.objects.get(pk=AVATAR)
    assert (avatar.title, avatar.rating_total, avatar.rating_count) == ("Avatar, again", 27, 3)


def test_a_film_that_is_gone_keeps_all_that_is_known_of_it(tmdb):
    store(facts_of(tmdb, AVATAR), NOW)
    put_aside([Failed(AVATAR, SyncFailure.Reason.UNAVAILABLE, "")], NOW)
    before = held(AVATAR)
    assert bury([AVATAR, MATRIX], LATER) == [AVATAR]
    assert held(AVATAR) == before | {"gone": held(AVATAR)["gone"]}
    assert Movie.objects.get(pk=AVATAR).gone_at == LATER
    assert not Movie.objects.filter(pk=MATRIX).exists()
    assert not SyncFailure.objects.exists()
    assert bury([AVATAR], LATER + timedelta(days=1)) == []
    assert Movie.objects.get(pk=AVATAR).gone_at == LATER


def test_a_film_that_comes_back_loses_its_tombstone(tmdb):
    store(facts_of(tmdb, AVATAR), NOW)
    bury([AVATAR], NOW)
    assert store(facts_of(tmdb, AVATAR), LATER).changed == [AVATAR]
    assert Movie.objects.get(pk=AVATAR).gone_at is None


@pytest.mark.parametrize("many", [100, 1])
def test_a_film_that_the_database_will_not_have_spoils_no_other(tmdb, monkeypatch, many):
    monkeypatch.setattr("catalog.inserting.MANY", many)
    forbid(MATRIX)
    people = set(people_of(MATRIX))
    stored = store(facts_of(tmdb, AVATAR, MATRIX, TITANIC), NOW)
    assert sorted(stored.changed) == [TITANIC, AVATAR]
    assert [(failure.movie_id, failure.reason) for failure in stored.failed] == [
        (MATRIX, SyncFailure.Reason.UNSTORABLE)
    ]
    assert not Movie.objects.filter(pk=MATRIX).exists()
    assert not people & set(people_of(MATRIX))
    for key in (AVATAR, TITANIC):
        assert held(key) == told(tmdb.films[key])


def test_the_same_film_twice_in_a_batch_is_stored_once(tmdb):
    assert store(facts_of(tmdb, AVATAR, AVATAR), NOW).changed == [AVATAR]


def rows_of_many_stored_twice(tmdb):
    """Their columns, after all were stored, rated by members, and stored with another title."""
    keys = sorted(tmdb.films)[:120]
    assert len(store(facts_of(tmdb, *keys), NOW).changed) == len(keys)
    Movie.objects.update(rating_total=7, holder_count=1)
    again = [read_movie(tmdb.films[key] | {"title": f"{key}, \\N\tagain"}, key) for key in [*keys, MATRIX]]
    assert len(store(again, LATER).changed) == len({*keys, MATRIX})
    return {row.pop("tmdb_id"): row for row in Movie.objects.values()}


def test_many_at_once_are_stored_as_few_are(tmdb, monkeypatch):
    """Many take another way into PostgreSQL."""
    many = rows_of_many_stored_twice(tmdb)
    assert {row["rating_total"] for key, row in many.items() if key != MATRIX} == {7}
    assert all(row["title"].endswith("again") for row in many.values())
    Movie.objects.all().delete()
    monkeypatch.setattr("catalog.inserting.MANY", 1_000)
    assert rows_of_many_stored_twice(tmdb) == many


def test_a_batch_costs_no_more_queries_than_a_film(tmdb, django_assert_max_num_queries):
    ids = list(tmdb.films)[:50]
    with django_assert_max_num_queries(72 if connection.vendor == "postgresql" else 112):
        store(facts_of(tmdb, *ids), NOW)


def forbid(movie_id):
    """Makes the database refuse this film alone."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE catalog_movie ADD CONSTRAINT not_this CHECK (tmdb_id <> {movie_id})")
        else:
            cursor.execute(
                f"CREATE TRIGGER not_this BEFORE INSERT ON catalog_movie WHEN NEW.tmdb_id = {movie_id} "
                "BEGIN SELECT RAISE(ABORT, 'not this one'); END"
            )
