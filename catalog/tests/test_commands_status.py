"""`manage.py sync_status`: what is held, how fresh, what is aside."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from catalog.models import Movie, SyncFailure, SyncRound, TMDBCalls
from catalog.sync.failures import put_aside
from catalog.sync.outcomes import Failed
from catalog.tests.films import make_movie

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


def test_how_far_the_most_popular_films_are_detailed(monkeypatch):
    monkeypatch.setattr("catalog.sync.coverage.TOPS", (2, 4, 1_000, 10_000))
    now = timezone.now()
    for key in range(1, 7):
        make_movie(key, f"Film {key}", synced_at=now - timedelta(minutes=10) if key in {1, 3, 4} else None)
    make_movie(7, "For adults", synced_at=None, is_adult=True)
    told = json.loads(status("--json"))["coverage"]
    assert [(row["films"], row["detailed"], row["seconds_left"]) for row in told["tops"]] == [
        (2, 1, 1200),
        (4, 3, 1200),
        (6, 3, 3600),
    ]
    assert (told["awaiting"], told["fetched_last_hour"], told["seconds_left"]) == (4, 3, 4800)
    output = status()
    assert "detailed    1 of the 2 most popular, 0:20:00 left at the last hour's rate" in output
    assert "awaiting    4 await their details, 1:20:00 left at the last hour's rate; 3 fetched within" in output


def test_without_a_call_in_the_last_hour_nobody_knows_how_long_it_takes():
    make_movie(1, "Known", synced_at=None)
    assert json.loads(status("--json"))["coverage"]["seconds_left"] is None
    assert "awaiting    1 await their details; 0 fetched within the last hour" in status()


def test_the_rounds_and_the_calls_are_told():
    now = timezone.now()
    SyncRound.objects.create(name="details", began_at=now, succeeded_at=now, summary="fetched 7")
    SyncRound.objects.create(name="changes", began_at=now, failed_at=now, fault="TMDBUnavailable: away")
    TMDBCalls.objects.create(hour=now - timedelta(hours=2), outcome="200", calls=1234)
    output = status()
    assert f"round       details: ok, last well {now:%Y-%m-%d %H:%M} UTC; fetched 7" in output
    assert "round       changes: failed, never well; TMDBUnavailable: away" in output
    assert "round       charts: never, never well; nothing told" in output
    assert "TMDB calls  1,234 200 in the last day" in output
    told = {row["name"]: row["is_trouble"] for row in json.loads(status("--json"))["rounds"]}
    assert (told["details"], told["changes"], told["charts"]) == (False, True, False)


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_check_fails_when_a_round_is_in_trouble_and_only_then(form):
    now = timezone.now()
    status("--check", *form)
    SyncRound.objects.create(name="changes", began_at=now, failed_at=now, fault="TMDBUnavailable: away")
    status(*form)
    output = StringIO()
    with pytest.raises(CommandError, match="changes") as trouble:
        call_command("sync_status", "--check", *form, stdout=output)
    assert trouble.value.returncode == 1
    assert "changes" in output.getvalue()
    SyncRound.objects.update(succeeded_at=timezone.now())
    status("--check", *form)
