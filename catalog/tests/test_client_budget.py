"""TMDB's rate: one budget for all threads and processes, and never more than it in any second."""

import os
import subprocess
import sys
import threading
import time

import pytest
import redis
from django.conf import settings

from catalog.tmdb.budget import Budget, FileSlots, FullError, OwnSlots, RedisSlots
from catalog.tmdb.source import shared_budget
from catalog.tmdb.standin import StandIn

pytestmark = pytest.mark.xdist_group("waiting")
RATE = 40
AVATAR = 19995
needs_redis = pytest.mark.skipif(not settings.REDIS_URL, reason="there is no Redis in this run")
ANOTHER_PROCESS = """
import django; django.setup()
from catalog.tmdb.source import open_client
with open_client(threads=4) as client:
    for _ in range(int(__import__("sys").argv[1])):
        client.movie({movie})
"""


@pytest.fixture(params=["file", pytest.param("redis", marks=needs_redis)])
def slots(request, tmp_path):
    """The two places where a budget may be kept."""
    file = FileSlots(tmp_path / "slots")
    if request.param == "file":
        return file
    key = f"{settings.CACHE_KEY_PREFIX}:budget-test"
    redis.Redis.from_url(settings.REDIS_URL).delete(key)
    return RedisSlots(settings.REDIS_URL, key, file)


def test_slots_are_evenly_spaced(slots):
    delays = [slots.reserve(0.5, 60) for _ in range(4)]
    assert delays == pytest.approx([0, 0.5, 1, 1.5], abs=0.3)


def test_a_pause_pushes_everyone(slots):
    slots.reserve(0.025, 60)
    slots.pause(20)
    assert slots.reserve(0.025, 60) == pytest.approx(20, abs=1)
    slots.pause(5)
    assert slots.reserve(0.025, 60) == pytest.approx(20, abs=1)


def test_a_caller_in_a_hurry_takes_no_slot_that_is_too_far_away(slots):
    slots.pause(10)
    assert slots.reserve(1, limit=2) is None
    assert slots.reserve(1, limit=60) == pytest.approx(10, abs=1)
    with pytest.raises(FullError):
        Budget(RATE, slots).wait(limit=2)


@pytest.mark.parametrize("written", [b"", b"not a number", b"1e300", b"\x00\xff"])
def test_a_damaged_file_is_an_empty_one(tmp_path, written):
    path = tmp_path / "slots"
    path.write_bytes(written)
    assert FileSlots(path).reserve(1, 60) == 0


@pytest.mark.slow
@pytest.mark.parametrize("threads", [1, 16])
def test_no_second_sees_more_than_the_rate(slots, threads):
    sent_at = calls_of(Budget(RATE, slots), number=100, threads=threads)
    assert most_in_a_second(sent_at) <= RATE


@pytest.mark.slow
def test_processes_share_the_rate(settings, tmp_path):
    """Two processes of their own and this one, at a stand-in that counts."""
    with StandIn(rate=RATE) as stand_in:
        environment = {"TMDB_BASE_URL": stand_in.base_url, "TMDB_TOKEN": stand_in.token, "TMDB_RATE": str(RATE)}
        code = ANOTHER_PROCESS.format(movie=AVATAR)
        started = [run_beside(code, environment, tmp_path) for _ in range(2)]
        assert [process.wait(60) for process in started] == [0, 0]
        assert len(stand_in.calls) == 120
        assert stand_in.max_calls_in_any_second() <= RATE
        assert not [call for call in stand_in.calls if call.status == 429]


def test_what_tmdb_throttles_slows_everyone(tmdb, client):
    tmdb.faults.add(AVATAR, "status429", 1, retry_after=1)
    client.movie(AVATAR)
    first, second = (call.at for call in tmdb.calls)
    assert second - first >= 1


def test_without_a_number_of_seconds_it_waits_about_one(tmdb, client):
    tmdb.faults.add(AVATAR, "status429", 1, retry_after=None)
    client.movie(AVATAR)
    first, second = (call.at for call in tmdb.calls)
    assert second - first >= 1


def test_a_thread_that_holds_a_slot_does_not_use_it_in_a_pause(tmp_path):
    budget = Budget(2, FileSlots(tmp_path / "slots"))
    budget.wait()
    paused_at = []

    def pause(seconds):
        if not paused_at:
            budget.pause(1)
            paused_at.append(time.monotonic())
        time.sleep(seconds)

    budget.wait(sleep=pause)
    assert time.monotonic() >= paused_at[0] + 1


def test_redis_away_is_logged_once_and_the_file_takes_over(tmp_path, caplog):
    slots = RedisSlots("redis://127.0.0.1:9/0", "key", FileSlots(tmp_path / "slots"))
    assert [slots.reserve(5, 60) for _ in range(3)] == pytest.approx([0, 5, 10], abs=1)
    slots.pause(30)
    assert slots.reserve(5, 60) == pytest.approx(30, abs=1)
    assert len([record for record in caplog.records if "Redis is away" in record.getMessage()]) == 1


@needs_redis
def test_redis_that_is_back_is_used_again(tmp_path):
    slots = RedisSlots(settings.REDIS_URL, f"{settings.CACHE_KEY_PREFIX}:budget-back", FileSlots(tmp_path / "slots"))
    slots.away_until = time.monotonic() - 1
    slots.reserve(1, 60)
    assert slots.away_until == 0
    assert not slots.otherwise.path.exists()


def test_a_rate_of_nought_is_no_limit(settings):
    settings.TMDB_RATE = 0
    assert isinstance(shared_budget().slots, OwnSlots)


def calls_of(budget: Budget, *, number: int, threads: int) -> list[float]:
    """When each of the calls would have gone out."""
    sent_at: list[float] = []

    def call() -> None:
        while len(sent_at) < number:
            budget.wait()
            sent_at.append(time.monotonic())

    workers = [threading.Thread(target=call) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sorted(sent_at)


def most_in_a_second(times: list[float]) -> int:
    return max(sum(start <= at < start + 1 for at in times) for start in times)


def run_beside(code: str, environment: dict[str, str], data_dir) -> subprocess.Popen:
    shared = os.environ | environment | {"DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.Popen([sys.executable, "-c", code, "60"], env=shared, cwd=settings.BASE_DIR)
