"""Places in an order: a move rewrites one row, however often, and is where it was asked for."""

import random

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from watchlists import favorites
from watchlists.models import Favorite
from watchlists.positions import FARTHEST, GAP, place
from watchlists.tests.calls import films

pytestmark = pytest.mark.django_db


def order(user) -> list[int]:
    return list(user.favorites.in_order().values_list("movie", flat=True))


@pytest.fixture
def five(ann):
    for film in films(5):
        favorites.add(user=ann, movie_id=film.pk)
    return ann


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"position": 1}, [4, 1, 2, 3, 5]),
        ({"position": 2}, [1, 4, 2, 3, 5]),
        ({"position": 4}, [1, 2, 3, 4, 5]),
        ({"position": 5}, [1, 2, 3, 5, 4]),
        ({"position": 1_000_000}, [1, 2, 3, 5, 4]),
        ({"after": 1}, [1, 4, 2, 3, 5]),
        ({"after": 3}, [1, 2, 3, 4, 5]),
        ({"after": 5}, [1, 2, 3, 5, 4]),
        ({}, [1, 2, 3, 5, 4]),
    ],
)
def test_a_move_ends_where_it_was_asked_for(five, where, expected):
    favorites.move(user=five, movie_id=4, **where)
    assert order(five) == expected


def test_one_row_is_rewritten(five):
    before = dict(five.favorites.values_list("pk", "position"))
    with CaptureQueriesContext(
        connection,
    ) as told:
        moved = favorites.move(user=five, movie_id=4, position=2)
    after = dict(five.favorites.values_list("pk", "position"))
    assert {pk for pk in before if before[pk] != after[pk]} == {moved.pk}
    assert (
        sum("UPDATE" in query["sql"] and "watchlists_favorite" in query["sql"] for query in told.captured_queries) == 1
    )


def test_a_gap_that_is_used_up_is_made_anew_and_nothing_changes_its_place(five):
    """Each move halves the one gap: the forty-first finds none."""
    for number in range(100):
        mover = (4, 5)[number % 2]
        favorites.move(user=five, movie_id=mover, after=1)
        assert order(five)[:2] == [1, mover]
    assert order(five) == [1, 5, 4, 2, 3]


def test_a_place_near_the_end_of_what_a_column_holds_is_brought_back(five):
    Favorite.objects.filter(movie=5).update(position=FARTHEST - 1)
    favorites.move(user=five, movie_id=1, position=5)
    assert order(five) == [2, 3, 4, 5, 1]
    assert max(five.favorites.values_list("position", flat=True)) <= 5 * GAP


def test_after_many_moves_the_order_is_that_of_a_list_moved_alike(five):
    dice, told = random.Random(5), order(five)
    for _ in range(60):
        mover, number = dice.choice(told), dice.randint(1, 5)
        told.remove(mover)
        told.insert(number - 1, mover)
        favorites.move(user=five, movie_id=mover, position=number)
        assert order(five) == told


def test_after_a_film_that_is_not_there_is_refused(five):
    with pytest.raises(ValidationError):
        place(five.favorites.exclude(movie=4), after=4)
