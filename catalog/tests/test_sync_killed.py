"""A sync that is killed, and two at once: nothing is lost, nothing is half-written, nothing is asked for twice."""

import random
import signal
import time

import pytest

from catalog.tests.facts import told

pytestmark = pytest.mark.slow
FILMS = 1000
KILLS = 10


def films_asked_for(tmdb):
    paths = (call.path.removeprefix("/movie/") for call in tmdb.calls)
    return [int(path) for path in paths if path.isdigit()]


def wait_until(is_time):
    """A minute is more than any start takes."""
    gives_up_at = time.monotonic() + 60
    while not is_time():
        assert time.monotonic() < gives_up_at
        time.sleep(0.005)


def wait_for_calls(tmdb, number):
    """Until the stand-in was asked so often."""
    wait_until(lambda: tmdb.record.total >= number)


def kill(process):
    """Ends the process without a warning."""
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def assert_all_as_told(tmdb, facts):
    assert facts
    for key, film in facts.items():
        assert film == told(tmdb.films[key])


def test_a_sync_killed_ten_times_in_a_row_loses_nothing(tmdb, beside):
    tmdb.faults.chaos(0.02)
    for number in range(KILLS):
        held_before = beside.held()
        tmdb.record.forget()
        process = beside.start("sync_catalog", "--popular", str(FILMS))
        # The first two calls are the check and the first page. The last kill comes when some have surely been stored.
        wait_for_calls(tmdb, random.randint(2, 160))
        if number == KILLS - 1:
            wait_until(beside.count)
        kill(process)
        assert not held_before & set(films_asked_for(tmdb))
    assert 0 < len(beside.held()) < FILMS
    tmdb.faults.clear()
    code, output, errors = beside.run("sync_catalog", "--popular", str(FILMS))
    assert code == 0, errors
    assert "0 put aside" in output
    facts = beside.facts()
    assert len(facts) == FILMS
    assert_all_as_told(tmdb, facts)


def test_two_syncs_at_once_store_the_same_films_once(tmdb, beside):
    started = [beside.start("sync_catalog", "--popular", "250", "--reference", "--charts") for _ in range(2)]
    outputs = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0, 0], outputs
    assert_all_as_told(tmdb, beside.facts())


def test_a_sync_that_is_interrupted_stores_what_was_fetched(tmdb, beside):
    process = beside.start("sync_catalog", "--popular", "2000")
    wait_for_calls(tmdb, 150)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "Interrupted" in errors
    assert "Traceback" not in errors
    answered = {
        int(call.path.removeprefix("/movie/")) for call in tmdb.calls if call.path.removeprefix("/movie/").isdigit()
    }
    assert beside.held() == answered
    assert f"fetched {len(answered):,}" in output
    assert_all_as_told(tmdb, beside.facts())
