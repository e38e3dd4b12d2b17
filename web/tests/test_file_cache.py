"""The cache in files: of all processes that add a key at once, one is told that it was the first."""

import subprocess
import sys

import pytest

from web.caches import FileCache

PROCESSES, KEYS = 4, 40
PROGRAM = """
import sys
from django.conf import settings
settings.configure()
from web.caches import FileCache
cache = FileCache(sys.argv[1], {})
print("ready", flush=True)
sys.stdin.readline()
print(sum(cache.add(f"key-{number}", 1, 60) for number in range(int(sys.argv[2]))))
"""


@pytest.fixture
def cache(tmp_path):
    return FileCache(str(tmp_path / "cache"), {})


def test_many_keys_are_touched_and_those_that_are_not_there_stay_away(cache):
    cache.set_many({"film": "Heat", "list": "Popular"}, 3600)
    cache.touch_many(["film", "nothing"], 0)
    assert cache.get_many(["film", "list", "nothing"]) == {"list": "Popular"}


def test_adding_says_whether_it_was_the_first(cache):
    assert cache.add("key", 1, 60) is True
    assert cache.add("key", 2, 60) is False
    assert cache.get("key") == 1
    cache.delete("key")
    assert cache.add("key", 3, 60) is True


def test_what_has_expired_may_be_added_anew(cache):
    cache.set("key", 1, -1)
    assert cache.add("key", 2, 60) is True
    assert cache.get("key") == 2


def test_clearing_takes_the_entries_and_hinders_no_later_one(cache):
    cache.add("key", 1, 60)
    cache.clear()
    assert cache.get("key") is None
    assert cache.add("key", 2, 60) is True


def test_of_several_processes_one_is_the_first_for_each_key(cache, tmp_path, settings):
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "cache"), str(KEYS)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    started = [subprocess.Popen(command, cwd=settings.BASE_DIR, **pipes) for _ in range(PROCESSES)]
    for process in started:
        assert process.stdout.readline() == "ready\n"
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    firsts = [int(process.communicate(timeout=60)[0]) for process in started]
    assert sum(firsts) == KEYS, firsts
