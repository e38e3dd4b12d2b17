"""Favorites: in an order of one's own, the first four on top."""

import pytest

from watchlists.models import Favorite
from watchlists.tests.calls import API, FAVORITES, all_ids, faults, films, holder_counts, ids

pytestmark = pytest.mark.django_db


def test_a_film_is_there_once_and_stays_where_it_is(as_ann, heat, ronin):
    assert as_ann.post(FAVORITES, {"movie_id": 949}).status_code == 201
    assert as_ann.post(FAVORITES, {"movie_id": 8195, "position": 1}).status_code == 201
    assert as_ann.post(FAVORITES, {"movie_id": 949, "position": 1}).status_code == 200
    assert ids(as_ann.get(FAVORITES)) == [8195, 949]
    assert holder_counts() == {949: 1, 8195: 1}


def test_the_first_four_are_on_top_also_on_the_profile(as_ann, api, ann):
    for film in films(6):
        as_ann.post(FAVORITES, {"movie_id": film.pk})
    assert as_ann.patch(f"{FAVORITES}/6", {"position": 1}).json()["top"] is True
    for response in as_ann.get(FAVORITES), api.get(f"{API}/profiles/ann/favorites"):
        rows = response.json()["results"]
        assert [(row["movie"]["id"], row["top"]) for row in rows] == [
            (6, True),
            (1, True),
            (2, True),
            (3, True),
            (4, False),
            (5, False),
        ]
    assert all_ids(as_ann, f"{FAVORITES}?page_size=2") == [6, 1, 2, 3, 4, 5]


def test_it_is_taken_away_however_often_that_is_asked(as_ann, heat):
    as_ann.post(FAVORITES, {"movie_id": 949})
    for _ in range(2):
        assert as_ann.delete(f"{FAVORITES}/949").status_code == 204
    assert holder_counts() == {949: 0}


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({}, ("position", "required")),
        ({"position": 0}, ("position", "min_value")),
        ({"position": "1"}, ("position", "invalid")),
        ({"position": 1.5}, ("position", "invalid")),
        ({"position": 10**9}, ("position", "max_value")),
        ({"position": None}, ("position", "null")),
        ({"position": 1, "after": 949}, ("after", "both")),
        ({"after": 949}, ("after", "not_there")),
        ({"after": 8195}, ("after", "not_there")),
    ],
)
def test_nonsense_about_the_place_is_told(as_ann, heat, ronin, body, fault):
    """After itself is nowhere."""
    as_ann.post(FAVORITES, {"movie_id": 949})
    assert faults(as_ann.patch(f"{FAVORITES}/949", body)) == [fault]


def test_it_is_not_put_after_what_another_loves(as_ann, as_bob, heat, ronin):
    as_bob.post(FAVORITES, {"movie_id": 949})
    assert faults(as_ann.post(FAVORITES, {"movie_id": 8195, "after": 949})) == [("after", "not_there")]
    assert as_ann.patch(f"{FAVORITES}/949", {"position": 1}).status_code == 404
    assert Favorite.objects.count() == 1
