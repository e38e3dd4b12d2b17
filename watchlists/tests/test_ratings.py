"""A rating given at a viewing is the member's rating of the film, unless a later viewing has another."""

from datetime import date

import pytest

from catalog.models import Movie
from reviews.models import Rating
from watchlists import diary
from watchlists.tests.calls import HISTORY, holder_counts

pytestmark = pytest.mark.django_db


def log(user, year, rating):
    return diary.log(user=user, movie_id=949, watched_on=date(year, 1, 1), rating=rating)[0]


def rating() -> int | None:
    return Rating.objects.values_list("value", flat=True).first()


def score() -> tuple[int, int]:
    return Movie.objects.values_list("rating_total", "rating_count").get(pk=949)


@pytest.fixture(autouse=True)
def unrated(heat):
    Movie.objects.update(rating_total=0, rating_count=0)


def test_it_is_given_and_a_later_viewing_changes_it(as_ann, ann):
    assert as_ann.post(HISTORY, {"movie_id": 949, "watched_on": "2020-01-01", "rating": 6}).status_code == 201
    assert (rating(), score()) == (6, (6, 1))
    log(ann, 2024, 9)
    assert (rating(), score()) == (9, (9, 1))
    assert holder_counts() == {949: 1}


def test_what_was_thought_earlier_does_not_undo_it(ann):
    log(ann, 2024, 9)
    log(ann, 2019, 2)
    diary.log(user=ann, movie_id=949, rating=3)
    assert rating() == 9


def test_it_is_corrected_with_the_last_viewing_and_stays_without_it(ann):
    early, late = log(ann, 2019, 2), log(ann, 2024, 9)
    diary.change(early, rating=5)
    assert rating() == 9
    diary.change(late, rating=8)
    assert rating() == 8
    diary.change(late, rating=None)
    diary.remove(late)
    assert (rating(), score()) == (8, (8, 1))


def test_an_event_told_twice_does_not_rate_again(ann):
    event = {"source": "player", "external_id": "7"}
    for value in (7, 1):
        diary.log(user=ann, movie_id=949, rating=value, **event)
    assert rating() == 7


def test_a_viewing_without_a_rating_leaves_it(ann):
    log(ann, 2020, 6)
    log(ann, 2024, None)
    assert rating() == 6
