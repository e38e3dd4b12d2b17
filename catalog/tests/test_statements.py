"""Statements that Django writes once."""

import pytest
from django.db import IntegrityError
from django.db.models import F

from catalog.models import Movie
from catalog.statements import Update
from catalog.tests.films import make_movies

pytestmark = pytest.mark.django_db


def holders() -> dict[int, int]:
    return dict(Movie.objects.values_list("pk", "holder_count"))


def test_an_update_changes_the_one_row_that_has_the_key_each_time_anew():
    make_movies(range(1, 4))
    two_more = Update(lambda: (Movie.objects.filter(pk=0), {"holder_count": F("holder_count") + 2}))
    assert [two_more.of(key) for key in (1, 3, 1)] == [1, 1, 1]
    assert holders() == {1: 4, 2: 0, 3: 2}


def test_an_update_of_a_row_that_is_not_there_or_is_not_meant_changes_none():
    make_movies(range(1, 3))
    Movie.objects.filter(pk=2).update(merged_into=1)
    update = Update(lambda: (Movie.objects.filter(merged_into=None).filter(pk=0), {"holder_count": 7}))
    assert [update.of(key) for key in (1, 2, 3, 2**62)] == [1, 0, 0, 0]
    assert holders() == {1: 7, 2: 0}


def test_what_the_database_refuses_is_told_in_djangos_words():
    make_movies(range(1, 2))
    with pytest.raises(IntegrityError):
        Update(lambda: (Movie.objects.filter(pk=0), {"title": None})).of(1)
