"""The rounds of reviews are kept account of."""

import pytest

from catalog.models import SyncRound
from catalog.sync.logbook import scheduled
from reviews import rounds
from reviews.tasks import rank_by_members, settle_standing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("task", "name", "summary"),
    [(settle_standing, rounds.STANDING, "0 members judged"), (rank_by_members, rounds.RANKS, "0 scores moved")],
)
def test_each_says_what_it_did(task, name, summary):
    task()
    assert SyncRound.objects.get(pk=name).summary == summary
    assert name in scheduled()
