"""What a search costs in questions to the database: most of its time is the way there and back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.search import search_movies
from catalog.tests.films import ids, make_movies
from tests.environment import ON_SERVICES

pytestmark = pytest.mark.django_db
# SQLite answers in this very process, and is asked each question by itself.
only_on_postgresql = pytest.mark.skipif(not ON_SERVICES, reason="on PostgreSQL several questions are one call")


@pytest.fixture
def shelf():
    make_movies(range(1, 61), "Heat {}")


def calls(ask):
    """The questions asked; savepoints are the test's own."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len([query for query in asked if "SAVEPOINT" not in query["sql"]])


@only_on_postgresql
@pytest.mark.parametrize(
    ("text", "cost"),
    # With as many as are enough; with none so spelt, for which near words are looked up, and then films of these.
    [("heat", 1), ("heat 7", 2), ("haet", 3), ("haet 7", 3), ("zzzzzz", 3)],
)
def test_a_search_goes_down_all_ranks_in_one_call(shelf, text, cost):
    assert calls(lambda: search_movies(text)) <= cost


@only_on_postgresql
def test_an_answer_costs_one_for_the_films_and_one_for_their_genres_beside(api, shelf):
    assert calls(lambda: api.get("/api/v1/movies/search?q=heat")) == 3


def test_fifty_films_cost_as_much_as_twenty(api, shelf):
    found = []
    few = calls(lambda: found.extend(ids(api.get("/api/v1/movies/search?q=heat&page_size=20"))))
    many = calls(lambda: found.extend(ids(api.get("/api/v1/movies/search?q=heat&page_size=50"))))
    assert (len(found), many) == (70, few)
