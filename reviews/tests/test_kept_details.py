"""How a film's kept details follow what members give it: within a minute, and not with each rating."""

import pytest
from django.core.cache import cache

from catalog.caching import movie_tag
from catalog.tests.films import make_movie
from reviews.services import rate_movie, unrate_movie
from reviews.tests.calls import API, make_members
from web.dropping import tag_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def lapses(monkeypatch):
    """The tags that were made to lapse, in their order."""
    found = []
    real = cache.touch_many

    def touch(keys, seconds):
        found.extend((key, seconds) for key in keys)
        real(keys, seconds)

    monkeypatch.setattr(cache, "touch_many", touch)
    return found


def test_details_lapse_a_minute_after_the_first_rating_and_not_with_each(heat, lapses, at_end):
    other = make_movie(5, "Film 5")
    for member in make_members(5):
        rate_movie(user=member, movie=heat, value=7)
        at_end()
    rate_movie(user=member, movie=other, value=7)
    unrate_movie(user=member, movie=other)
    at_end()
    assert lapses == [(tag_key(movie_tag(949)), 60), (tag_key(movie_tag(5)), 60)]


def test_the_first_rating_after_that_minute_has_them_lapse_again(ann, heat, lapses, at_end):
    for value in 7, 8:
        rate_movie(user=ann, movie=heat, value=value)
        at_end()
        cache.delete("rated:949")  # as when its minute is over
    assert len(lapses) == 2


def test_a_rating_that_is_undone_lets_nothing_lapse(ann, heat, lapses, at_end):
    rate_movie(user=ann, movie=heat, value=7)
    assert lapses == []


def test_the_next_reader_has_it_as_it_is(api, ann, heat, at_end):
    def told():
        return api.get(f"{API}/movies/949").json()["community_rating"]

    assert told() == {"average": None, "count": 0}
    rate_movie(user=ann, movie=heat, value=7)
    at_end()
    cache.delete(tag_key(movie_tag(949)))  # as when the minute is over
    from web import cached

    cached.first_level.clear()  # which looks again after half a second
    assert told() == {"average": 7.0, "count": 1}
