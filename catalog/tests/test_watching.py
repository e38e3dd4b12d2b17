"""What the catalogue tells of its rounds, beside the checks of /readyz and in /metrics."""

from datetime import timedelta

import pytest
from celery import current_app
from django.core.cache import cache
from django.db import DatabaseError
from django.utils import timezone

from catalog import tasks, watching
from catalog.models import SyncFailure, SyncRound, TMDBCalls
from catalog.tests.films import make_movie

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def metrics(api, settings):
    """The series of the catalogue, by name and labels."""
    settings.METRICS_TOKEN = "scrape"

    def scrape():
        response = api.get("/metrics", headers={"Authorization": "Bearer scrape"})
        assert response.status_code == 200
        lines = [line.rpartition(" ") for line in response.text.splitlines() if line.startswith("marquee_")]
        return {name: float(value) for name, _, value in lines if "http" not in name}

    return scrape


def test_with_all_well_there_is_nothing_to_tell(api):
    assert api.get("/readyz").json()["rounds"] == []


def test_rounds_in_trouble_are_named_and_make_nobody_unready(api, now):
    SyncRound.objects.create(name="changes", began_at=now - HOUR, failed_at=now, fault="TMDBUnavailable: secret place")
    SyncRound.objects.create(name="details", began_at=now - HOUR, succeeded_at=now - 2 * HOUR)
    SyncRound.objects.create(name="charts", began_at=now - 9 * HOUR, succeeded_at=now - 9 * HOUR)
    SyncRound.objects.create(name="reference", began_at=now - HOUR, succeeded_at=now)
    response = api.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (200, "ok")
    told = {row["name"]: (row["status"], bool(row["succeeded_at"])) for row in response.json()["rounds"]}
    assert told == {"changes": ("failed", False), "details": ("unended", True), "charts": ("overdue", True)}
    assert "secret" not in response.text


def test_a_database_that_does_not_answer_leaves_the_rounds_untold(api, monkeypatch):
    def away(*_):
        raise DatabaseError("away")

    monkeypatch.setattr(watching, "reports", away)
    assert api.get("/readyz").json()["rounds"] is None
    assert api.get("/readyz").status_code == 200


def test_the_rounds_are_measured(metrics, now):
    SyncRound.objects.create(name="changes", began_at=now - HOUR, succeeded_at=now - HOUR)
    SyncRound.objects.create(name="charts", began_at=now - HOUR, failed_at=now)
    told = metrics()
    assert 3600 <= told['marquee_round_succeeded_age_seconds{round="changes"}'] < 3700
    assert 'marquee_round_succeeded_age_seconds{round="charts"}' not in told
    assert told['marquee_round_in_trouble{round="changes"}'] == 0
    assert told['marquee_round_in_trouble{round="charts"}'] == 1


def test_films_failures_and_calls_are_measured(metrics, now):
    make_movie(1, "Fresh", synced_at=now)
    make_movie(2, "Stale", synced_at=now - timedelta(days=9))
    make_movie(3, "Known", synced_at=None)
    make_movie(4, "Gone", gone_at=now)
    SyncFailure.objects.create(
        tmdb_id=5, reason="refused", first_failed_at=now, last_failed_at=now, retry_at=now, detail=""
    )
    TMDBCalls.objects.create(hour=now - HOUR, outcome="200", calls=40)
    TMDBCalls.objects.create(hour=now - 2 * HOUR, outcome="200", calls=2)
    TMDBCalls.objects.create(hour=now - 40 * HOUR, outcome="404", calls=9)
    told = metrics()
    assert {state: told[f'marquee_films{{state="{state}"}}'] for state in ("detailed", "known", "gone", "stale")} == {
        "detailed": 2,
        "known": 1,
        "gone": 1,
        "stale": 1,
    }
    assert told['marquee_films_put_aside{reason="refused"}'] == 1
    assert told['marquee_films_put_aside{reason="unavailable"}'] == 0
    assert told['marquee_tmdb_calls_last_day{outcome="200"}'] == 42
    assert 'marquee_tmdb_calls_last_day{outcome="404"}' not in told


def test_tasks_that_wait_are_counted(metrics):
    before = watching.queued()
    tasks.refresh_movie.delay(603)
    assert watching.queued() == before + 1
    assert metrics()['marquee_queued_tasks{queue="sync"}'] == before + 1


def test_however_often_it_is_scraped_the_films_are_counted_once_a_minute(metrics, now, django_assert_num_queries):
    metrics()
    make_movie(1, "New", synced_at=now)
    with django_assert_num_queries(0):
        assert metrics()['marquee_films{state="detailed"}'] == 0
    cache.delete("catalogue-counted")
    assert metrics()['marquee_films{state="detailed"}'] == 1


def test_a_database_that_is_away_spoils_no_other_metric(api, settings, monkeypatch):
    def away():
        raise DatabaseError("away")

    settings.METRICS_TOKEN = "scrape"
    monkeypatch.setattr(watching, "counts", away)
    response = api.get("/metrics", headers={"Authorization": "Bearer scrape"})
    assert response.status_code == 200
    assert "marquee_films" not in response.text
    assert "marquee_http_requests_total" in response.text


def test_a_broker_that_is_away_is_waited_for_no_longer_than_a_moment(metrics, nobody_listens_there):
    told = metrics()
    assert not [name for name in told if "queued" in name]
    assert told['marquee_films{state="known"}'] == 0


@pytest.fixture
def nobody_listens_there():
    usual = current_app.conf.broker_read_url
    current_app.conf.broker_read_url = "redis://127.0.0.1:9/0"
    yield
    current_app.conf.broker_read_url = usual
