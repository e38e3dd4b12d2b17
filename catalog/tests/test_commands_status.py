"""`manage.py sync_status`: what is held, how fresh, what is aside."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from catalog.models import Movie, SyncFailure
from catalog.sync.failures import put_aside
from catalog.sync.outcomes import Failed

pytestmark = pytest.mark.django_db


def status(*arguments):
    output = StringIO()
    call_command("sync_status", *arguments, stdout=output)
    return output.getvalue()


def test_an_empty_database_is_told_as_such():
    output = status()
    assert "films       0" in output
    assert "never fetched" in output
    assert "put aside   none" in output
    told = json.loads(status("--json"))
    assert told["films"] == {
        "held": 0,
        "detailed": 0,
        "known": 0,
        "gone": 0,
        "fresh": 0,
        "oldest": None,
        "fresh_share": None,
    }
    assert told["put_aside"] == []


def test_what_is_held_is_counted_by_its_state(tmdb):
    now = timezone.now()
    call_command("sync_catalog", "--reference", "--popular", "3", "--movie", "19995", stdout=StringIO())
    first, second, third = Movie.objects.values_list("pk", flat=True)[:3]
    Movie.objects.filter(pk=first).update(synced_at=now - timedelta(days=30))
    Movie.objects.filter(pk=second).update(gone_at=now)
    Movie.objects.filter(pk=third).update(synced_at=None)
    put_aside([Failed(1, SyncFailure.Reason.REFUSED, ""), Failed(2, SyncFailure.Reason.REFUSED, "")], now)
    told = json.loads(status("--json"))
    counted = {name: told["films"][name] for name in ("held", "detailed", "known", "gone", "fresh", "fresh_share")}
    assert counted == {"held": 4, "detailed": 2, "known": 1, "gone": 1, "fresh": 1, "fresh_share": 0.5}
    assert told["films"]["oldest"].startswith(f"{now - timedelta(days=30):%Y-%m-%dT%H:%M}")
    assert told["rows"]["people"] > 0
    assert told["reference"]["age_days"] == 0
    assert [(row["reason"], row["films"]) for row in told["put_aside"]] == [("refused", 2)]
    output = status()
    assert "4: 2 in full, 1 by name, 1 gone" in output
    assert "50% fresh" in output
    assert "2: TMDB refused the call; next try" in output
