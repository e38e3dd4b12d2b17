"""What films are to the caller."""

import pytest

from accounts.tests.members import API, caller, make_member
from activity.tests.rows import film, love, rate, review, want, watch
from catalog.tests.films import fault

pytestmark = pytest.mark.django_db
NOTHING = {
    "in_watchlist": False,
    "favorite": False,
    "watched": False,
    "plays": 0,
    "rating": None,
    "review_id": None,
}


@pytest.fixture
def heat():
    return film(949, title="Heat")


def state(user, movie_id: int = 949) -> dict:
    response = caller(user).get(f"{API}/movies/{movie_id}/me")
    assert response.status_code == 200, response.data
    return response.json()


def states(user, movie_ids: str):
    return caller(user).get(f"{API}/users/states", {"movie_ids": movie_ids})


def test_of_a_film_that_one_has_nothing_to_do_with_all_is_no(ann, bob, heat):
    for put in (want, love, watch):
        put(bob, heat)
    assert state(ann) == NOTHING


def test_what_one_did_is_told_of_that_film(ann, heat):
    want(ann, heat)
    assert state(ann) == NOTHING | {"in_watchlist": True}
    love(ann, heat)
    watch(ann, heat)
    watch(ann, heat, None)
    told = {"in_watchlist": True, "favorite": True, "watched": True, "plays": 2}
    assert state(ann) == NOTHING | told
    assert state(ann, film().pk) == NOTHING


def test_ones_rating_and_review_are_told_a_draft_too(ann, bob, heat):
    for member, value in ((ann, 9), (bob, 3)):
        rate(member, heat, value)
    review(bob, heat)
    assert state(ann) == NOTHING | {"rating": 9}
    draft = review(ann, heat, status="draft", published_at=None)
    assert state(ann) == NOTHING | {"rating": 9, "review_id": draft.pk}


def test_a_film_may_be_watched_by_the_watchlist_alone(ann, heat):
    want(ann, heat, is_watched=True)
    assert state(ann) == NOTHING | {"in_watchlist": True, "watched": True}


def test_a_film_that_was_merged_answers_as_the_one_it_has_become(ann, heat):
    old = film(77, merged_into=heat)
    watch(ann, heat)
    assert state(ann, old.pk) == state(ann) == NOTHING | {"watched": True, "plays": 1}
    assert [row["plays"] for row in states(ann, "77,949").json()["results"]] == [1, 1]


def test_many_films_answer_in_the_order_asked_each_once(ann, heat):
    watch(ann, heat)
    found = states(ann, "12, 949,12").json()["results"]
    assert found == [{"movie_id": 12} | NOTHING, {"movie_id": 949} | NOTHING | {"watched": True, "plays": 1}]


def test_fifty_films_cost_no_more_queries_than_one(ann, django_assert_num_queries):
    films = [film() for _ in range(50)]
    for movie in films:
        for put in (want, love, watch, rate, review):
            put(ann, movie)
    for some in (films[:1], films):
        with django_assert_num_queries(2):
            found = states(ann, ",".join(str(movie.pk) for movie in some)).json()["results"]
        assert [row["plays"] for row in found] == [1] * len(some)


@pytest.mark.parametrize(
    "text", ["", " ", ",", "x", "1;2", "0", "-1", "1.5", "٣", "2147483648", "9" * 30, "1,x", "null"]
)
def test_bad_ids_are_refused_by_name(ann, text):
    response = states(ann, text)
    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "movie_ids"


def test_ids_must_be_given_and_be_a_hundred_at_the_most(ann):
    assert fault(caller(ann).get(f"{API}/users/states"))[::2] == (400, "movie_ids")
    assert states(ann, ",".join(map(str, range(1, 101)))).status_code == 200
    assert fault(states(ann, ",".join(map(str, range(1, 102))))) == (400, "max_length", "movie_ids")
    assert states(ann, ",".join(["2147483647"] * 100)).status_code == 200


@pytest.mark.parametrize("movie_id", [0, 2147483648, 10**30])
def test_what_can_be_no_film_is_not_there(ann, movie_id):
    assert caller(ann).get(f"{API}/movies/{movie_id}/me").status_code == 404


@pytest.mark.parametrize("path", ["movies/949/me", "users/states?movie_ids=949"])
def test_one_must_be_known_and_nobody_keeps_the_answer(api, path):
    assert api.get(f"{API}/{path}").status_code == 401
    response = caller(make_member()).get(f"{API}/{path}")
    assert response.headers["Cache-Control"] == "no-store"
