"""`in_array`: what `in` finds, by one parameter, on both databases."""

import pytest

from catalog.models import Movie, MovieSearch, SearchWord

pytestmark = pytest.mark.django_db


@pytest.fixture
def films() -> list[int]:
    Movie.objects.bulk_create(Movie(tmdb_id=number, title=f"Film {number}") for number in range(1, 6))
    return [1, 2, 3, 4, 5]


def test_finds_what_in_finds(films):
    for keys in ([], [2], [5, 3, 99], films):
        expected = set(Movie.objects.filter(pk__in=keys).values_list("pk", flat=True))
        assert set(Movie.objects.filter(pk__in_array=keys).values_list("pk", flat=True)) == expected


def test_also_by_a_key_that_is_another_tables(films):
    MovieSearch.objects.create(movie_id=3, names="|film 3|", tokens=["film"], popularity=1.0)
    assert list(MovieSearch.objects.filter(pk__in_array={3, 4}).values_list("pk", flat=True)) == [3]


def test_takes_texts_whatever_stands_in_them(db):
    texts = ["it's", 'a "b"', "c,d", "{e}", "f\\g", "é", "%s"]
    SearchWord.objects.bulk_create(SearchWord(kind="m", word=word, popularity=1.0) for word in texts)
    found = SearchWord.objects.filter(word__in_array=[*texts, "h"]).values_list("word", flat=True)
    assert set(found) == set(texts)


def test_has_one_parameter_for_a_hundred_thousand_keys(films):
    found = Movie.objects.filter(pk__in_array=range(100_000))
    assert len(found.query.sql_with_params()[1]) == 1
    assert found.count() == 5
