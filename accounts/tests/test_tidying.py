"""The hourly round is kept account of, so that one that fails is seen."""

import pytest
from django.utils import timezone

from accounts import erasing, tidying
from accounts.tasks import tidy_up
from catalog.models import SyncRound
from catalog.sync.logbook import State, reports, scheduled
from catalog.sync.rounds import alone

pytestmark = pytest.mark.django_db


def test_it_says_what_it_did(ann):
    tidy_up()
    book = SyncRound.objects.get(pk=tidying.NAME)
    assert book.summary == "0 members erased; 0 archives forgotten"
    (report,) = reports(timezone.now(), [tidying.NAME])
    assert report.state == State.WELL


def test_one_that_fails_is_trouble(monkeypatch):
    def fails(now):
        raise ValueError("no such table")

    monkeypatch.setattr(erasing, "erase_due", fails)
    with pytest.raises(ValueError, match="no such table"):
        tidy_up()
    (report,) = reports(timezone.now(), [tidying.NAME])
    assert (report.state, report.row.fault) == (State.FAILED, "ValueError: no such table")


def test_a_second_one_leaves_it_to_the_first():
    with alone(tidying.NAME):
        tidy_up()
    assert not SyncRound.objects.filter(pk=tidying.NAME).exists()


def test_the_schedule_makes_it():
    assert tidying.NAME in scheduled()
