"""What is changed while Redis is away is not dropped there: once it is back, nothing is told as it was before."""

import time

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from web import redis_link
from web.cached import Rule, first_level, kept
from web.dropping import drop, drop_all, lapse
from web.redis_link import link_to

pytestmark = pytest.mark.xdist_group("waiting")


class Answer(HttpResponse):
    def render(self):
        return self


class Film:
    """What a view tells, and may be changed."""

    def __init__(self) -> None:
        self.title = "Heat"
        self.made = 0
        self.view = kept(self._render, Rule(3600, tags=lambda kwargs: ["movie:949"]))

    def _render(self, request, **kwargs):
        self.made += 1
        return Answer(self.title, content_type="application/json")

    def read(self) -> str:
        """As by another process, which has nothing in its memory."""
        first_level.clear()
        return self.view(RequestFactory().get("/api/v1/movies/949")).content.decode()


@pytest.fixture
def film():
    return Film()


@pytest.fixture
def own_redis(redis_server, monkeypatch):
    """The shared cache is on a Redis of the test's own."""
    monkeypatch.setattr(redis_link, "PAUSE", 0.05)
    place = {"BACKEND": "web.caches.GuardedRedisCache", "LOCATION": redis_server.url, "KEY_PREFIX": "missed"}
    with override_settings(CACHES={"default": place}):
        yield redis_server
    caches.close_all()


def back(url: str) -> None:
    deadline = time.monotonic() + 10
    while not link_to(url).allows() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert link_to(url).allows()


def test_a_change_while_redis_hangs_is_told_once_it_is_back(own_redis, film):
    assert film.read() == "Heat"
    own_redis.hang()
    film.title = "Ran"
    drop(["movie:949"])
    assert film.read() == "Ran"
    own_redis.go_on()
    back(own_redis.url)
    assert film.read() == "Ran"


def test_a_change_by_one_who_ended_before_redis_was_back_is_told_too(own_redis, film):
    assert film.read() == "Heat"
    own_redis.hang()
    assert film.read() == "Heat"  # this process has found it away; the one that changes the film is another
    film.title = "Ran"
    own_redis.go_on()
    back(own_redis.url)
    assert film.read() == "Ran"


def test_without_an_outage_a_body_is_made_once(own_redis, film):
    assert [film.read() for _ in range(5)] == ["Heat"] * 5
    assert film.made == 1


def test_all_is_dropped_by_those_who_cannot_know_what_was_missed(film):
    assert film.read() == "Heat"
    film.title = "Ran"
    assert film.read() == "Heat"
    drop_all()
    assert film.read() == "Ran"


def test_one_who_is_killed_before_the_drop_leaves_nothing_stale_for_longer_than_a_lapse(film, monkeypatch):
    assert film.read() == "Heat"
    film.title = "Ran"
    monkeypatch.setattr("web.dropping.LAPSE_SECONDS", 0.2)
    lapse(["movie:949", "movie:1"])
    time.sleep(0.3)
    assert film.read() == "Ran"


def test_what_lapses_is_used_until_then(film):
    film.read()
    lapse(["movie:949"])
    film.read()
    assert film.made == 1


def test_nothing_is_used_of_a_redis_whose_past_could_not_be_ended(own_redis, film, monkeypatch):
    link = link_to(own_redis.url)
    film.read()
    tried = []

    def refuse():
        tried.append(1)
        raise OSError("gone again")

    monkeypatch.setitem(link.before_return, "a fault of the test's", refuse)
    own_redis.hang()
    film.read()
    own_redis.go_on()
    deadline = time.monotonic() + 10
    while len(tried) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(tried) >= 3
    assert not link.allows()
    monkeypatch.delitem(link.before_return, "a fault of the test's")
    back(own_redis.url)
