"""How a floor above moves its rows from one film to another: tried with a table of its own, made for these tests."""

from datetime import date

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog import merging, sync
from catalog.merging import move_rows
from catalog.models import Movie
from catalog.tests.films import make_movies

OLD, NEW, OTHER = 2, 949, 3
FAVOURITE, SEEN = 1, 2


class Shelved(models.Model):
    """A film that a member has on a shelf: once, as lists and ratings have it.

    Other tests of the same process know the class, and have no such table: nothing may cascade into it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="+")
    movie = models.ForeignKey(Movie, models.DO_NOTHING, related_name="+")
    shelf = models.IntegerField(null=True)
    added_on = models.DateField(default=date(2026, 1, 1))
    note = models.TextField(default="")

    class Meta:
        app_label = "catalog"
        managed = False
        db_table = "test_shelved"
        constraints = [models.UniqueConstraint(fields=["user", "movie", "shelf"], name="once_on_a_shelf")]

    def __str__(self):
        return f"{self.user_id}: {self.movie_id}"


@pytest.fixture(autouse=True)
def table(transactional_db):
    """The tables of these tests are there while they run, and what was registered is forgotten."""
    with connection.schema_editor() as editor:
        editor.create_model(Shelved)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(Shelved)


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    monkeypatch.setattr(merging, "_moves", {})
    monkeypatch.setattr(merging, "_holders", {})


@pytest.fixture
def members():
    make_movies((OLD, NEW, OTHER))
    return [get_user_model().objects.create_user(f"member{number}", f"{number}@example.org") for number in range(6)]


def put(member, movie_id, shelf=SEEN, **fields):
    return Shelved.objects.create(user=member, movie_id=movie_id, shelf=shelf, **fields)


def move(**how):
    return move_rows(Shelved, OLD, NEW, unique_with=("user", "shelf"), **how)


def on_shelves(movie_id):
    return sorted(Shelved.objects.filter(movie=movie_id).values_list("user__username", "shelf"))


def test_rows_without_a_double_move_as_they_are(members):
    row = put(members[0], OLD, added_on=date(2020, 5, 5), note="Mine")
    put(members[1], OTHER)
    assert move() == (1, [])
    moved = Shelved.objects.get(pk=row.pk)
    assert (moved.movie_id, moved.added_on, moved.note) == (NEW, date(2020, 5, 5), "Mine")
    assert on_shelves(OTHER) == [("member1", SEEN)]


def test_of_doubles_the_new_films_row_stays(members):
    leaving, staying = put(members[0], OLD, note="old"), put(members[0], NEW, note="new")
    put(members[1], OLD)
    found = move()
    assert found.moved == 1
    assert [(row.pk, row.note) for row in found.doubled] == [(leaving.pk, "old")]
    assert Shelved.objects.get(user=members[0]).pk == staying.pk
    assert Shelved.objects.get(user=members[0]).note == "new"
    assert on_shelves(NEW) == [("member0", SEEN), ("member1", SEEN)]
    assert not on_shelves(OLD)


def test_the_row_that_stays_may_take_something_of_the_one_that_leaves(members):
    put(members[0], OLD, added_on=date(2020, 1, 1), note="long ago")
    put(members[0], NEW, added_on=date(2024, 1, 1))
    put(members[1], OLD, added_on=date(2025, 1, 1))
    put(members[1], NEW, added_on=date(2024, 1, 1), note="as it was")

    def earlier(staying, leaving):
        if leaving.added_on >= staying.added_on:
            return []
        staying.added_on, staying.note = leaving.added_on, "not to be written"
        return ["added_on"]

    assert len(move(resolve=earlier).doubled) == 2
    held = Shelved.objects.order_by("user").values_list("added_on", "note")
    assert list(held) == [(date(2020, 1, 1), ""), (date(2024, 1, 1), "as it was")]


def test_only_what_the_constraint_says_makes_a_double(members):
    put(members[0], OLD, SEEN)
    put(members[0], NEW, FAVOURITE)
    put(members[1], OLD, SEEN)
    assert move().doubled == []
    assert on_shelves(NEW) == [("member0", FAVOURITE), ("member0", SEEN), ("member1", SEEN)]


def test_null_is_no_double_of_null(members):
    put(members[0], OLD, None)
    put(members[0], NEW, None)
    assert move() == (1, [])
    assert Shelved.objects.filter(movie=NEW).count() == 2


def test_rows_without_a_constraint_all_move(members):
    put(members[0], OLD, None)
    put(members[0], OLD, None)
    put(members[0], NEW, None)
    assert move_rows(Shelved, OLD, NEW) == (2, [])


def test_again_finds_nothing(members):
    put(members[0], OLD)
    put(members[0], NEW)
    move()
    assert move() == (0, [])
    assert Shelved.objects.count() == 1


def test_a_thousand_rows_cost_no_more_statements_than_ten(members):
    crowd = [get_user_model()(username=f"crowd{number}", email=f"{number}@example.com") for number in range(1000)]
    people = get_user_model().objects.bulk_create(crowd)
    counts = set()
    for number in (10, 1000):
        Shelved.objects.all().delete()
        Shelved.objects.bulk_create(Shelved(user=one, movie_id=OLD, shelf=SEEN) for one in people[:number])
        Shelved.objects.bulk_create(Shelved(user=one, movie_id=NEW, shelf=SEEN) for one in people[: number // 5])
        with CaptureQueriesContext(connection) as queries:
            assert move().moved == number - number // 5
        counts.add(len(queries))
        assert Shelved.objects.filter(movie=NEW).count() == number
    assert len(counts) == 1


def test_many_doubles_are_resolved_by_the_batch(members, monkeypatch):
    monkeypatch.setattr(merging, "BATCH", 2)
    for number, member in enumerate(members):
        put(member, OLD, note=str(number))
        put(member, NEW)

    def take_note(staying, leaving):
        staying.note = leaving.note
        return ["note"]

    assert len(move(resolve=take_note).doubled) == 6
    assert list(Shelved.objects.order_by("user").values_list("note", flat=True)) == ["0", "1", "2", "3", "4", "5"]


def test_a_merge_moves_what_members_hold_and_loses_and_doubles_none(members):
    @merging.moves_holdings
    def shelves(old_id, new_id):
        return move_rows(Shelved, old_id, new_id, unique_with=("user", "shelf")).moved

    @merging.tells_holders
    def holders(movie_id):
        return Shelved.objects.filter(movie=movie_id).values_list("user", flat=True)

    for member in members[:4]:
        put(member, OLD)
        put(member, OLD, FAVOURITE)
    for member in members[3:]:
        put(member, NEW)
    Movie.objects.filter(pk=OLD).update(holder_count=4)
    Movie.objects.filter(pk=NEW).update(holder_count=3)
    assert sync.merge(OLD, NEW, timezone.now(), is_dry=True).moved == 7
    assert len(on_shelves(OLD)) == 8
    assert sync.merge(OLD, NEW, timezone.now()).moved == 7
    seen = [(f"member{number}", SEEN) for number in range(6)]
    assert on_shelves(NEW) == sorted(seen + [(f"member{number}", FAVOURITE) for number in range(4)])
    assert not on_shelves(OLD)
    assert dict(Movie.objects.values_list("pk", "holder_count")) == {OLD: 0, NEW: 6, OTHER: 0}
    assert sync.merge(OLD, NEW, timezone.now()).moved == 0
