"""A hundred readers at once of a film that is only known: TMDB is asked once, by one process or by several."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

from catalog.models import Movie
from catalog.tests.readers import read_at_once

pytestmark = pytest.mark.django_db(transaction=True)
MATRIX = 603
PROCESSES, READERS = 4, 25


def calls(tmdb):
    return [call for call in tmdb.calls if call.path == f"/movie/{MATRIX}"]


@pytest.fixture
def known():
    return Movie.objects.create(tmdb_id=MATRIX, title="The Matrix, by name")


def test_a_hundred_readers_of_one_process_are_one_call(tmdb, known):
    tmdb.faults.add(MATRIX, "stall", 1, seconds=0.3)
    assert set(read_at_once(MATRIX, 100)) == {"The Matrix"}
    assert len(calls(tmdb)) == 1


@pytest.mark.parametrize("kind", ["html500", "empty200", "list_instead_of_object", "truncated", "status429"])
def test_while_tmdb_is_away_a_hundred_readers_are_one_call_and_all_are_told(tmdb, known, kind):
    tmdb.faults.add(MATRIX, kind)
    assert set(read_at_once(MATRIX, 100)) == {"TMDBUnavailable"}
    assert len(calls(tmdb)) == 1


def test_a_hundred_readers_of_a_film_that_tmdb_has_no_more_are_one_call(tmdb, known):
    tmdb.faults.add(MATRIX, "vanish")
    read_at_once(MATRIX, 100)
    assert len(calls(tmdb)) == 1


@pytest.fixture
def crowds(beside):
    """Processes that stand ready, each with its readers."""
    command = [sys.executable, "-m", "catalog.tests.readers", str(MATRIX), str(READERS)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    started = [
        subprocess.Popen(command, env=beside.environment, cwd=settings.BASE_DIR, **pipes) for _ in range(PROCESSES)
    ]
    for process in started:
        assert process.stdout.readline() == "ready\n", process.stderr.read()
    yield started
    for process in started:
        process.kill()
        process.communicate()


def all_read(crowds):
    for process in crowds:
        process.stdin.write("go\n")
        process.stdin.flush()
    told = []
    for process in crowds:
        output, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
        told += json.loads(output.splitlines()[-1])
    return told


@pytest.mark.slow
def test_a_hundred_readers_of_several_processes_are_one_call(tmdb, beside, crowds):
    tmdb.faults.add(MATRIX, "stall", 1, seconds=1)
    told = all_read(crowds)
    assert told == ["The Matrix"] * PROCESSES * READERS
    assert len(calls(tmdb)) == 1
    assert beside.held() == {MATRIX}


@pytest.mark.slow
def test_while_tmdb_gives_nothing_of_use_a_hundred_readers_of_several_processes_are_one_call(tmdb, crowds):
    tmdb.faults.add(MATRIX, "list_instead_of_object")
    assert all_read(crowds) == ["TMDBUnavailable"] * PROCESSES * READERS
    assert len(calls(tmdb)) == 1
