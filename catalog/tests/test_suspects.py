"""What the export makes doubtful, and TMDB's own answer, which alone makes a tombstone or lifts one."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import StringIO

import pytest
from django.core.management import call_command

from catalog import sync
from catalog.models import Movie, SyncFailure, SyncRound
from catalog.sync import import_export
from catalog.tests.exports import line, lines, written
from catalog.tests.films import make_movie, make_movies

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 20, tzinfo=UTC)
NOW = DAY + timedelta(hours=33)
BEFORE, AFTER = DAY - timedelta(days=3), DAY + timedelta(hours=9)
AVATAR, MATRIX, GODFATHER, NOWHERE = 19995, 603, 238, 999_999_999


@pytest.fixture
def held():
    """Twenty films that were fetched before the export was made."""
    return make_movies(range(1, 21), popularity=1.5, synced_at=BEFORE)


def take_in(folder, *rows, name="movie_ids_11_20_2026.json.gz", **options):
    return import_export(written(folder, rows, name), NOW, **options).suspicion


def suspected():
    return set(Movie.objects.filter(suspected_at__isnull=False).values_list("pk", flat=True))


def test_a_film_that_is_no_longer_listed_is_suspected_and_not_buried(tmp_path, held):
    found = take_in(tmp_path, *lines(range(1, 20)))
    assert suspected() == {20}
    assert (found.held, found.missing, found.suspected) == (20, 1, 1)
    assert str(found) == "1 of 20 films held are not listed, 1 of them suspected anew"
    movie = Movie.objects.get(pk=20)
    assert (movie.suspected_at, movie.gone_at) == (NOW, None)


@pytest.mark.parametrize(
    ("fields", "is_suspected"),
    [
        ({"synced_at": BEFORE}, True),
        ({"synced_at": None}, True),
        ({"synced_at": BEFORE, "is_video": True}, True),
        ({"synced_at": AFTER}, False),
        ({"synced_at": BEFORE, "is_adult": True}, False),
        ({"synced_at": BEFORE, "gone_at": BEFORE}, False),
    ],
    ids=str,
)
def test_who_is_suspected(tmp_path, held, fields, is_suspected):
    make_movie(77, "Not listed", **fields)
    take_in(tmp_path, *lines(range(1, 21)))
    assert suspected() == ({77} if is_suspected else set())


def test_a_suspicion_keeps_its_time_and_ends_when_the_film_is_listed(tmp_path, held):
    take_in(tmp_path, *lines(range(1, 20)))
    later = NOW + timedelta(days=1)
    found = import_export(written(tmp_path, lines(range(1, 20))), later).suspicion
    assert (found.missing, found.suspected) == (1, 0)
    assert Movie.objects.get(pk=20).suspected_at == NOW
    take_in(tmp_path, *lines(range(1, 21)))
    assert not suspected()


def test_a_file_that_lists_few_of_the_films_held_makes_nobody_suspect(tmp_path, held):
    found = take_in(tmp_path, *lines(range(1, 18)), *lines(range(1000, 1500)))
    assert not suspected()
    assert "nobody is suspected, since only 17 of 20 films held are listed" in str(found)


def test_nine_of_ten_are_enough(tmp_path, held):
    take_in(tmp_path, *lines(range(1, 19)))
    assert suspected() == {19, 20}


def test_a_cut_file_makes_nobody_suspect(tmp_path, held):
    path = tmp_path / "movie_ids_11_20_2026.json"
    path.write_bytes(b"\n".join([*lines(range(1, 20)), b'{"adult":false,"id":20,"origin']))
    done = import_export(str(path), NOW)
    assert done.cut == "line 20: the file ends in the middle of it"
    assert not suspected()
    assert "nobody is suspected, since the file is not whole" in str(done.suspicion)


def test_many_malformed_lines_make_nobody_suspect(tmp_path, held):
    found = take_in(tmp_path, *lines(range(1, 20)), b"oops")
    assert not suspected()
    assert "1 of the lines are malformed" in found.reason
    take_in(tmp_path, *lines(range(1, 20)), *lines(range(1000, 3000)), b"oops")
    assert suspected() == {20}


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("movie_ids_11_20_2026.json.gz", DAY),
        ("ids.json", NOW - timedelta(days=1)),
        ("movie_ids_13_40_2026.json.gz", NOW - timedelta(days=1)),
        ("movie_ids_11_20_2126.json.gz", NOW),
    ],
)
def test_the_day_of_an_export_is_that_of_its_name_else_yesterday(tmp_path, held, name, made):
    make_movie(77, "A moment before", synced_at=made - timedelta(seconds=1))
    make_movie(78, "A moment after", synced_at=made + timedelta(seconds=1))
    take_in(tmp_path, *lines(range(1, 21)), name=name)
    assert suspected() == {77}


def test_a_tombstone_that_is_listed_again_is_due_for_a_call(tmp_path, held):
    make_movie(30, "Back", gone_at=BEFORE)
    make_movie(31, "Deleted since", gone_at=AFTER)
    found = take_in(tmp_path, *lines(range(1, 21)), line(30), line(31))
    assert suspected() == {30}
    assert "1 tombstones are listed again" in str(found)
    assert Movie.objects.get(pk=30).gone_at == BEFORE


def test_the_suspicions_are_written_a_part_at_a_time(tmp_path, monkeypatch, held):
    monkeypatch.setattr(import_module("catalog.sync.suspects"), "CHUNK", 2)
    make_movies(range(100, 105), "Missing", synced_at=BEFORE)
    Movie.objects.bulk_create(Movie(tmdb_id=key, title=f"Film {key}", popularity=1.5) for key in range(1000, 1100))
    found = take_in(tmp_path, *lines(range(1, 21)), *lines(range(1000, 1100)), is_dry=True)
    assert found.suspected == 5
    assert not suspected()
    take_in(tmp_path, *lines(range(1, 21)), *lines(range(1000, 1100)))
    assert suspected() == set(range(100, 105))


def test_tmdb_decides(tmdb):
    """One that TMDB has is stored, one that it has not is buried, and a tombstone stands again or stays one."""
    for key, fields in (
        (AVATAR, {}),
        (NOWHERE, {}),
        (MATRIX, {"gone_at": BEFORE}),
        (NOWHERE - 1, {"gone_at": BEFORE}),
        (GODFATHER, {"suspected_at": None}),
    ):
        make_movie(key, "Old", **{"synced_at": BEFORE, "suspected_at": NOW} | fields)
    assert set(sync.suspected_movies()) == {AVATAR, NOWHERE, MATRIX, NOWHERE - 1}
    tally = sync.check_suspects()
    assert (tally.changed, tally.gone) == (2, 2)
    assert not suspected()
    gone = dict(Movie.objects.values_list("pk", "gone_at"))
    assert gone[AVATAR] is None
    assert gone[MATRIX] is None
    assert gone[NOWHERE] > NOW - timedelta(days=10_000)
    assert gone[NOWHERE - 1] == BEFORE
    assert Movie.objects.get(pk=AVATAR).title == "Avatar"
    assert not [call for call in tmdb.calls if call.path == f"/movie/{GODFATHER}"]
    assert SyncRound.objects.get(name="suspects").summary.startswith("fetched 4: 2 changed")


def test_the_longest_suspected_comes_first_and_what_is_aside_waits_its_time():
    for key in range(1, 6):
        make_movie(key, "Suspect", suspected_at=NOW - timedelta(hours=key % 3), synced_at=BEFORE)
    SyncFailure.objects.create(
        tmdb_id=2, reason="unavailable", first_failed_at=NOW, last_failed_at=NOW, retry_at=NOW + timedelta(hours=1)
    )
    assert list(sync.suspected_movies()) == [5, 1, 4, 3]
    assert list(sync.suspected_movies(2)) == [5, 1]


def test_a_film_of_which_tmdb_does_not_answer_stays_a_suspect(tmdb, hurried):
    make_movie(AVATAR, "Avatar", suspected_at=NOW, synced_at=BEFORE)
    tmdb.faults.add(AVATAR, "status500")
    sync.check_suspects()
    assert suspected() == {AVATAR}
    assert Movie.objects.get(pk=AVATAR).gone_at is None
    assert not list(sync.suspected_movies())
    assert SyncFailure.objects.filter(pk=AVATAR).exists()


def test_the_command_asks_for_suspects_up_to_the_limit(tmdb):
    for key in (AVATAR, MATRIX, NOWHERE):
        make_movie(key, "Suspect", suspected_at=NOW, synced_at=BEFORE)
    output = StringIO()
    call_command("sync_catalog", "--suspects", "--limit", "2", stdout=output)
    assert output.getvalue().startswith("fetched 2: 2 changed")
    call_command("sync_catalog", "--suspects", stdout=output)
    assert not suspected()
    assert Movie.objects.get(pk=NOWHERE).gone_at
