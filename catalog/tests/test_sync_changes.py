"""What TMDB says has changed: from where it is read, what of it is fetched, and what happens when it is not had."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from catalog.models import Movie, SyncRound
from catalog.sync import changes as changing
from catalog.sync import refresh_changes
from catalog.sync.changes import CHANGES, cover, fetch_changes
from catalog.tests.facts import held, told
from catalog.tmdb.errors import TMDBUnauthorized, TMDBUnavailable

pytestmark = pytest.mark.django_db
AVATAR, MATRIX, TITANIC = 19995, 603, 597
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def covered():
    return SyncRound.objects.get(pk="changes").covered_until


def windows(tmdb):
    asked = [call.query for call in tmdb.calls if call.path == CHANGES]
    return [(query["start_date"], query["end_date"], query["page"]) for query in asked]


def hold(*ids, synced_at=NOON - timedelta(days=3)):
    for key in ids:
        Movie.objects.create(tmdb_id=key, title="Held", synced_at=synced_at)


def cover_until(moment):
    SyncRound.objects.create(name="changes", covered_until=moment)


def change(tmdb, *ids, at=NOON):
    for key in ids:
        tmdb.films.note_change(key, at.date())


def test_the_last_day_that_was_covered_is_read_again(tmdb, client):
    cover_until(NOON - timedelta(hours=1))
    hold(AVATAR, MATRIX)
    change(tmdb, AVATAR, 77)
    change(tmdb, MATRIX, at=NOON - timedelta(days=2))
    found = fetch_changes(client, NOON)
    assert windows(tmdb) == [("2026-11-19", "2026-11-20", "1")]
    assert (found.films, found.listed, found.lost_pages, found.missed_since) == ([AVATAR], 2, 0, None)
    assert str(found) == "2 films changed from 2026-11-19 to 2026-11-20, 1 of them held"


def test_only_what_is_held_in_full_is_fetched_again(tmdb, client):
    hold(AVATAR)
    hold(MATRIX, synced_at=None)
    change(tmdb, AVATAR, MATRIX, TITANIC)
    assert fetch_changes(client, NOON).films == [AVATAR]


def test_what_was_fetched_lately_may_be_left_out(tmdb, client):
    hold(AVATAR, synced_at=NOON - timedelta(hours=2))
    hold(MATRIX, synced_at=NOON - timedelta(hours=9))
    change(tmdb, AVATAR, MATRIX)
    assert fetch_changes(client, NOON, unless_fetched_since=NOON - timedelta(hours=6)).films == [MATRIX]
    assert fetch_changes(client, NOON).films == [MATRIX, AVATAR]


def test_the_first_time_it_reads_from_the_oldest_film_on(tmdb, client):
    hold(AVATAR, synced_at=NOON - timedelta(days=5))
    fetch_changes(client, NOON)
    assert windows(tmdb) == [("2026-11-14", "2026-11-20", "1")]


def test_with_nothing_held_a_day_is_read(tmdb, client):
    assert fetch_changes(client, NOON).films == []
    assert windows(tmdb) == [("2026-11-19", "2026-11-20", "1")]


def test_after_a_longer_absence_than_tmdb_tells_of_the_rest_is_left_to_staleness(tmdb, client):
    cover_until(NOON - timedelta(days=40))
    found = fetch_changes(client, NOON)
    assert windows(tmdb) == [("2026-11-06", "2026-11-20", "1")]
    assert str(found).startswith("what changed between 2026-10-11 and 2026-11-06 is left to staleness; ")


def test_a_window_of_fourteen_days_is_one_that_tmdb_takes(tmdb, client):
    cover_until(NOON - timedelta(days=13))
    assert fetch_changes(client, NOON).lost_pages == 0
    assert windows(tmdb)[0][:2] == ("2026-11-06", "2026-11-20")


def test_pages_of_a_hundred_are_all_read(tmdb, client):
    cover_until(NOON)
    hold(*range(1, 251))
    change(tmdb, *range(1, 251))
    found = fetch_changes(client, NOON)
    assert [page for *_, page in windows(tmdb)] == ["1", "2", "3"]
    assert sorted(found.films) == list(range(1, 251))


def test_a_window_with_more_pages_than_tmdb_gives_is_halved(tmdb, client, monkeypatch):
    monkeypatch.setattr(changing, "LAST_PAGE", 2)
    cover_until(NOON - timedelta(days=3))
    for age in range(5):
        change(tmdb, *range(100 * age + 1, 100 * age + 101), at=NOON - timedelta(days=age))
    hold(*range(1, 501))
    found = fetch_changes(client, NOON)
    assert sorted(found.films) == list(range(1, 501))
    assert found.lost_pages == 0
    assert {window[:2] for window in windows(tmdb)} == {
        ("2026-11-16", "2026-11-20"),
        ("2026-11-16", "2026-11-18"),
        ("2026-11-19", "2026-11-20"),
        ("2026-11-16", "2026-11-17"),
        ("2026-11-18", "2026-11-18"),
    }


def test_what_one_day_has_beyond_the_last_page_counts_as_lost(tmdb, client, monkeypatch):
    monkeypatch.setattr(changing, "LAST_PAGE", 1)
    cover_until(NOON)
    change(tmdb, *range(1, 250))
    assert fetch_changes(client, NOON).lost_pages == 2


def test_a_lost_page_is_counted_and_the_others_are_read(tmdb, client):
    cover_until(NOON)
    hold(*range(1, 251))
    change(tmdb, *range(1, 251))
    tmdb.faults.add(CHANGES, "html500", 3)
    assert fetch_changes(client, NOON).lost_pages == 1


def test_after_three_lost_pages_tmdb_is_left_alone(tmdb, client, monkeypatch):
    cover_until(NOON)
    change(tmdb, *range(1, 900))
    pages = iter([False, True, True, True])
    real = client.get

    def get(path, query, **how):
        if next(pages):
            raise TMDBUnavailable("away")
        return real(path, query, **how)

    monkeypatch.setattr(client, "get", get)
    found = fetch_changes(client, NOON)
    assert (found.listed, found.lost_pages) == (100, 3)
    assert next(pages, None) is None


def test_rows_that_make_no_sense_are_left_out(tmdb, client, monkeypatch):
    hold(AVATAR)
    rows = [{"id": AVATAR, "adult": None}, {"id": "x"}, None, {"id": -1}, {}]
    monkeypatch.setattr(client, "get", lambda *_, **__: {"results": rows, "total_pages": 1})
    assert fetch_changes(client, NOON).films == [AVATAR]


def test_covering_is_remembered_and_leaves_the_rest_of_the_entry(tmdb, client):
    SyncRound.objects.create(name="changes", summary="as it was")
    cover(fetch_changes(client, NOON))
    assert covered() == NOON
    assert SyncRound.objects.get().summary == "as it was"


def fetched_long_ago(tmdb, client, *ids):
    from catalog.sync import Wanted, run

    run(client, Wanted(always=ids))
    Movie.objects.update(synced_at=timezone.now() - timedelta(days=2))


def test_the_round_fetches_what_changed_and_remembers_how_far_it_read(tmdb, client):
    fetched_long_ago(tmdb, client, AVATAR, MATRIX)
    tmdb.put_film(tmdb.films[AVATAR] | {"title": "Avatar, changed"})
    before = timezone.now()
    assert refresh_changes().changed == 1
    assert held(AVATAR) == told(tmdb.films[AVATAR])
    assert Movie.objects.get(pk=AVATAR).title == "Avatar, changed"
    assert before <= covered() <= timezone.now()
    entry = SyncRound.objects.get(pk="changes")
    assert entry.succeeded_at
    assert "1 of them held; fetched 1: 1 changed" in entry.summary


def test_a_film_that_changed_by_going_gets_its_tombstone(tmdb, client):
    fetched_long_ago(tmdb, client, AVATAR)
    tmdb.remove_film(AVATAR)
    refresh_changes()
    assert Movie.objects.get(pk=AVATAR).gone_at


def test_a_round_that_lost_a_page_stores_what_it_had_and_covers_nothing(tmdb, client, monkeypatch):
    fetched_long_ago(tmdb, client, AVATAR)
    cover_until(timezone.now() - timedelta(hours=20))
    until = covered()
    tmdb.put_film(tmdb.films[AVATAR] | {"title": "Avatar, changed"})
    today = timezone.now()
    change(tmdb, *range(1, 150), at=today)
    change(tmdb, *range(1, 150), at=today - timedelta(days=1))
    monkeypatch.setattr(changing, "LAST_PAGE", 1)
    with pytest.raises(TMDBUnavailable, match="lost: "):
        refresh_changes()
    assert Movie.objects.get(pk=AVATAR).title == "Avatar, changed"
    assert covered() == until
    entry = SyncRound.objects.get(pk="changes")
    assert entry.is_failing
    assert entry.fault.startswith("TMDBUnavailable: pages of TMDB's lists that were lost: ")


def test_with_tmdb_away_the_round_fails_and_covers_nothing(tmdb):
    cover_until(NOON)
    tmdb.faults.add("/configuration", "suspended")
    with pytest.raises(TMDBUnauthorized):
        refresh_changes()
    assert covered() == NOON
    assert SyncRound.objects.get().fault.startswith("TMDBUnauthorized: ")
