"""With Redis away the cache is empty and limits are each process' own; nothing waits, and the log says it once."""

import time

import pytest
from django.test import RequestFactory

from web import redis_link
from web.caches import GuardedRedisCache
from web.redis_link import link_to
from web.throttling import allow
from web.windows import Limit, Windows


def cache_at(url: str) -> GuardedRedisCache:
    return GuardedRedisCache(url, {"KEY_PREFIX": "away", "TIMEOUT": 60})


@pytest.fixture
def short_pause(monkeypatch):
    """Redis is asked again soon, not seconds later."""
    monkeypatch.setattr(redis_link, "PAUSE", 0.05)


def back(url: str) -> None:
    """Waits until this process knows that Redis is there."""
    deadline = time.monotonic() + 10
    while not link_to(url).allows() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert link_to(url).allows()


def away(lines: list[dict]) -> list[tuple[str, str]]:
    return [(line["event"], line["dependency"]) for line in lines if line["event"].startswith("dependency")]


def test_every_operation_answers_as_an_empty_cache(nobody_listens):
    cache = cache_at(nobody_listens)
    assert cache.get("film", "nothing") == "nothing"
    assert cache.get_many(["film"]) == {}
    assert cache.add("lock", 1) is True
    assert not cache.set("film", "Heat")
    assert cache.set_many({"film": "Heat"}) == ["film"]
    assert not cache.touch("film")
    assert cache.touch_many(["film"], 60) is None
    assert not cache.has_key("film")
    assert "film" not in cache
    assert not cache.delete("film")
    assert not cache.delete_many(["film"])
    assert cache.get_or_set("film", lambda: "Heat") == "Heat"
    with pytest.raises(ValueError, match="not found"):
        cache.incr("count")
    cache.clear()
    cache.close()


def test_many_keys_are_touched_together_and_those_that_are_not_there_stay_away(redis_server):
    cache = cache_at(redis_server.url)
    cache.set_many({"film": "Heat", "list": "Popular", "other": "Ran"}, 3600)
    asked = cache.client.get_client().info("commandstats")
    cache.touch_many(["film", "list", "nothing"], 60)
    assert [cache.ttl(key) for key in ("film", "list", "other")] == pytest.approx([60, 60, 3600], abs=2)
    assert not cache.has_key("nothing")
    touched = cache.client.get_client().info("commandstats")["cmdstat_pexpire"]["calls"]
    assert touched - asked.get("cmdstat_pexpire", {"calls": 0})["calls"] == 3
    cache.touch_many([], 60)
    cache.close()


def test_one_line_tells_that_the_cache_is_away(nobody_listens, lines):
    cache = cache_at(nobody_listens)
    for _ in range(20):
        cache.get("film")
    assert away(lines()) == [("dependency_away", "redis")]


def test_an_address_that_nobody_listens_at_is_tried_by_no_request_again(nobody_listens, monkeypatch):
    cache = cache_at(nobody_listens)
    cache.get("film")
    monkeypatch.setattr(cache.client, "get_many", lambda *args, **kwargs: pytest.fail("Redis was asked"))
    assert cache.get_many(["film"]) == {}


def test_a_cache_that_comes_back_is_used_again(redis_server, short_pause, lines):
    cache = cache_at(redis_server.url)
    cache.set("film", "Heat")
    assert cache.get("film") == "Heat"
    redis_server.stop()
    assert cache.get("film") is None
    redis_server.start()
    back(redis_server.url)
    cache.set("film", "Ran")
    assert cache.get("film") == "Ran"
    assert [event for event, _ in away(lines())] == ["dependency_away", "dependency_back"]


def test_a_redis_that_hangs_costs_half_a_second_once_for_all_that_use_it(redis_server, short_pause, lines):
    cache, windows = cache_at(redis_server.url), Windows(redis_server.url, "away")
    cache.set("film", "Heat")
    windows.take(Limit("anon", 5, 60), "ann", 1)
    redis_server.hang()
    began_at = time.monotonic()
    for _ in range(20):
        assert cache.get("film") is None
        assert windows.take(Limit("anon", 1_000, 60), "ann", 1)
    assert time.monotonic() - began_at < 3 * redis_link.PATIENCE
    redis_server.go_on()
    back(redis_server.url)
    assert cache.get("film") == "Heat"
    assert [event for event, _ in away(lines())] == ["dependency_away", "dependency_back"]


def test_a_cache_reads_redis_through_hiredis(redis_server):
    client = cache_at(redis_server.url).client.get_client()
    client.ping()
    parser = client.connection_pool.connection_kwargs["parser_class"]
    assert "hiredis" in parser.__module__


def test_threads_share_what_is_known_of_a_server(nobody_listens):
    cache_at(nobody_listens).get("film")
    assert link_to(nobody_listens).allows() is False
    assert cache_at(nobody_listens).link.allows() is False


def call() -> tuple[bool, str]:
    verdict = allow(RequestFactory().get("/api/v1/notes"))
    return verdict.allowed, verdict.headers["RateLimit"][:10]


def test_limits_are_kept_by_each_process_alone(settings, nobody_listens, lines):
    settings.REDIS_URL = nobody_listens
    settings.THROTTLE_RATES = {"anon": "2/min"}
    assert [call()[0] for _ in range(4)] == [True, True, False, False]
    assert away(lines()) == [("dependency_away", "redis")]


def test_limits_are_shared_again_when_redis_is_back(settings, redis_server, short_pause, lines):
    settings.REDIS_URL = redis_server.url
    settings.THROTTLE_RATES = {"anon": "2/min"}
    assert call() == (True, '"anon";r=1')
    redis_server.stop()
    assert call() == (True, '"anon";r=1')
    redis_server.start()
    back(redis_server.url)
    assert call() == (True, '"anon";r=1')
    assert call() == (True, '"anon";r=0')
    assert call()[0] is False
    assert [event for event, _ in away(lines())] == ["dependency_away", "dependency_back"]
