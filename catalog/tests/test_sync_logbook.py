"""A round's entry in the logbook: written however the round ends, and read for what it says of now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import SyncRound, TMDBConfiguration
from catalog.sync import a_round, alone, refresh_charts
from catalog.sync.logbook import ROUNDS, Entry, State, reports, scheduled
from catalog.tmdb.errors import TMDBUnavailable
from conftest import forget

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def now():
    return timezone.now()


def state(name, now):
    (report,) = reports(now, [name])
    return report.state


def entry_of(name="details", **fields):
    return SyncRound.objects.create(name=name, **fields)


def test_a_round_that_ends_well_says_when_and_what_it_did(now):
    with Entry("details") as entry:
        row = SyncRound.objects.get()
        assert row.began_at >= now
        assert row.succeeded_at is None
        entry.summary = "seven films"
    row.refresh_from_db()
    assert row.succeeded_at >= row.began_at
    assert (row.summary, row.fault, row.failed_at) == ("seven films", "", None)


@pytest.mark.parametrize("fault", [TMDBUnavailable("HTTP 500\nand more"), KeyboardInterrupt("HTTP 500"), SystemExit(1)])
def test_a_round_that_fails_says_why_in_a_line_and_fails_on(fault, now):
    def make_a_round():
        with Entry("details") as entry:
            entry.summary = "three films"
            raise fault

    with pytest.raises(type(fault)):
        make_a_round()
    row = SyncRound.objects.get()
    assert row.failed_at >= row.began_at
    assert row.is_failing
    assert row.fault.startswith(f"{type(fault).__name__}: ")
    assert "\n" not in row.fault
    assert row.summary == "three films"


def test_a_success_takes_the_fault_away(now):
    with pytest.raises(TMDBUnavailable), Entry("details"):
        raise TMDBUnavailable("away")
    assert state("details", timezone.now()) == State.FAILED
    with Entry("details"):
        assert SyncRound.objects.get().fault
    assert SyncRound.objects.get().fault == ""
    assert state("details", timezone.now()) == State.WELL


def test_what_a_round_covered_outlives_its_entries(now):
    entry_of("changes", covered_until=now)
    with Entry("changes"):
        pass
    assert SyncRound.objects.get().covered_until == now


def test_a_second_round_at_the_same_time_writes_nothing():
    with a_round("charts") as first:
        before = SyncRound.objects.values().get()
        with a_round("charts") as second:
            assert (first is not None, second) == (True, None)
        assert refresh_charts() is None
        assert SyncRound.objects.values().get() == before


def test_it_is_under_way_while_somebody_is_at_it(now):
    entry_of(began_at=now, succeeded_at=now - HOUR)
    with alone("details"):
        assert state("details", now) == State.RUNNING


def test_a_round_whose_worker_was_killed_did_not_end(now):
    entry_of(began_at=now - HOUR, succeeded_at=now - 2 * HOUR)
    forget()
    assert state("details", now) == State.UNENDED
    with a_round("details"):
        assert state("details", timezone.now()) == State.RUNNING
    assert state("details", timezone.now()) == State.WELL


def test_the_first_round_of_all_that_was_killed_did_not_end(now):
    entry_of(began_at=now - HOUR)
    assert state("details", now) == State.UNENDED


def test_a_failed_round_stays_failed_while_it_is_tried_again(now):
    entry_of(began_at=now, failed_at=now - HOUR)
    with alone("details"):
        assert state("details", now) == State.FAILED


@pytest.mark.parametrize("name", ROUNDS)
def test_without_success_for_too_long_it_is_overdue(name, now):
    late = ROUNDS[name].overdue_after
    entry_of(name, began_at=now - late, succeeded_at=now - late + HOUR / 60)
    assert state(name, now) == State.WELL
    assert state(name, now + HOUR) == State.OVERDUE


def test_a_round_that_never_ran_is_overdue_once_it_might_have(now):
    assert state("details", now) == State.NEVER
    TMDBConfiguration.objects.create(pk=1, image_base_url="https://example.org/", synced_at=now)
    assert state("details", now) == State.NEVER
    assert state("details", now + 2 * HOUR) == State.OVERDUE


def test_only_what_needs_a_look_is_trouble(now):
    entry_of("details", began_at=now - HOUR, succeeded_at=now)
    entry_of("changes", began_at=now - HOUR, failed_at=now, fault="TMDBUnavailable: away")
    found = {report.name: report.is_trouble for report in reports(now, ["details", "changes", "charts"])}
    assert found == {"details": False, "changes": True, "charts": False}


def test_all_entries_are_read_in_two_queries(django_assert_num_queries, now):
    with django_assert_num_queries(2):
        assert len(reports(now, list(ROUNDS))) == len(ROUNDS)


def test_every_round_of_the_catalogue_is_kept_account_of():
    assert len(scheduled()) > 5
    assert set(scheduled()) <= ROUNDS.keys()
