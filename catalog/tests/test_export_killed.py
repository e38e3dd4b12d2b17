"""An import that is killed, two at once, and one beside a sync: nothing is lost, nothing is half-written."""

import random
import signal
import time
from functools import cache

import pytest

from catalog.tests.exports import line, written
from catalog.tests.facts import told

pytestmark = pytest.mark.slow
FILMS = 50_000
KILLS = 10
# So often the test looks at what is stored: each time it takes from the process that it waits for.
LOOK = 0.05
COLUMNS = "tmdb_id, title, original_title, popularity, is_adult, is_video"
STATE = f"SELECT {COLUMNS}, synced_at, suspected_at, gone_at FROM catalog_movie"

# The first export's are whole numbers.
RAISED = "SELECT 1 FROM catalog_movie WHERE popularity <> round(popularity) LIMIT 1"


@cache
def told_of(raised):
    """An unsorted export's lines, and the rows that they are to become."""
    keys = list(range(1, FILMS + 1))
    random.Random(7).shuffle(keys)
    rows = {key: (f"Film {key}", key % 977 + raised, key % 50 == 0, key % 70 == 0) for key in keys}
    lines = [line(key, *row[:2], adult=row[2], video=row[3]) for key, row in rows.items()]
    return lines, {key: (row[0], *row, None, None, None) for key, row in rows.items()}


def export(folder, *, raised=0.0, name="movie_ids_11_20_2026.json.gz"):
    """The path of the export, and the rows that it is to become."""
    lines, rows = told_of(raised)
    return written(folder, lines, name), rows


def rows_of(beside):
    """What is stored by now, by id."""
    return {row[0]: tuple(row[1:]) for row in beside.rows(STATE)}


def kill_when(process, is_time, longest=2.5):
    """Ends the process without a warning once it is time, or at a random moment within so many seconds.

    Gives whether it had not ended itself, and after how many seconds that was.
    """
    began_at = time.monotonic()
    gives_up_at = began_at + random.uniform(longest / 3, longest)
    while process.poll() is None and time.monotonic() < gives_up_at and not is_time():
        time.sleep(LOOK)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL, time.monotonic() - began_at


def test_an_import_killed_ten_times_in_a_row_loses_nothing(beside, tmp_path):
    path, expected = export(tmp_path)
    kills, before, longest = 0, {}, 2.5
    while kills < KILLS:
        wanted = len(before) + random.choice([1, FILMS])
        importing = beside.start("sync_catalog", "--ids", path)
        is_killed, seconds = kill_when(importing, lambda wanted=wanted: beside.count() >= wanted, longest)
        kills += is_killed
        if not is_killed:  # it had ended: from now on no kill comes as late
            longest = seconds
        after = rows_of(beside)
        assert before.items() <= after.items()
        assert after.items() <= expected.items()
        before = after
    code, output, errors = beside.run("sync_catalog", "--ids", path)
    assert code == 0, errors
    assert rows_of(beside) == expected
    assert f"{FILMS:,} films in {FILMS:,} lines" in output
    assert "0 new, 0 changed" in beside.run("sync_catalog", "--ids", path)[1]


def test_an_import_that_is_killed_while_it_updates_leaves_each_film_old_or_new(beside, tmp_path):
    first, old = export(tmp_path)
    second, new = export(tmp_path, raised=0.5, name="movie_ids_11_21_2026.json.gz")
    assert beside.run("sync_catalog", "--ids", first)[0] == 0
    for _ in range(3):
        kill_when(beside.start("sync_catalog", "--ids", second), lambda: beside.rows(RAISED))
        assert all(row in (old[key], new[key]) for key, row in rows_of(beside).items())
    assert beside.run("sync_catalog", "--ids", second)[0] == 0
    assert rows_of(beside) == new


def ended(processes):
    outputs = [process.communicate(timeout=300) for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes), outputs
    return outputs


def test_two_imports_at_once_store_each_film_once(beside, tmp_path):
    path, expected = export(tmp_path)
    outputs = ended([beside.start("sync_catalog", "--ids", path) for _ in range(2)])
    assert rows_of(beside) == expected
    counts = [int(output.partition(" new")[0].rpartition(" ")[2].replace(",", "")) for output, _ in outputs]
    assert sum(counts) == FILMS


def test_an_import_beside_a_sync_leaves_details_and_known_films_alike(tmdb, beside, tmp_path):
    beside.environment["TMDB_EXPORTS_URL"] = tmdb.exports_url
    commands = [("--ids", "latest"), ("--popular", "250"), ("--ids", "latest"), ("--popular", "300", "--threads", "4")]
    ended([beside.start("sync_catalog", *command) for command in commands])
    rows = rows_of(beside)
    detailed = {key for key, row in rows.items() if row[5]}
    assert len(detailed) == 300
    facts = beside.facts(*detailed)
    for key in detailed:
        assert facts[key] == told(tmdb.films[key])
    assert rows.keys() == set(tmdb.films)
    for key in rows.keys() - detailed:
        film = tmdb.films.facts_of(key)
        assert rows[key][:3] == (film["original_title"], film["original_title"], film["popularity"])


def test_an_import_that_is_interrupted_says_so(beside, tmp_path):
    path, expected = export(tmp_path)
    process = beside.start("sync_catalog", "--ids", path)
    gives_up_at = time.monotonic() + 60
    while not beside.count():
        assert time.monotonic() < gives_up_at
        time.sleep(LOOK)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "Interrupted" in errors
    assert "Traceback" not in errors
    assert rows_of(beside).items() <= expected.items()


def test_a_reader_is_not_kept_waiting(beside, tmp_path):
    """While the import writes, each read of the table ends within the time of a range."""
    path, _ = export(tmp_path)
    process = beside.start("sync_catalog", "--ids", path)
    counts = []
    while process.poll() is None:
        counts.append(beside.count())
        time.sleep(LOOK)
    process.communicate()
    assert counts == sorted(counts)
    assert len(set(counts)) > 2
