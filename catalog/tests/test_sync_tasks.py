"""The rounds that the worker makes by itself."""

import pytest
from celery import current_app
from django.core.cache import cache
from django.utils import timezone

from catalog import tasks
from catalog.models import ChartEntry, Genre, Movie, SyncFailure, SyncRound
from catalog.sync import alone, refresh_details, rounds
from catalog.sync.failures import put_aside
from catalog.sync.outcomes import Failed
from catalog.tmdb.errors import TMDBUnavailable

pytestmark = pytest.mark.django_db
AVATAR, MATRIX = 19995, 603
ALL = [
    tasks.refresh_movie,
    tasks.refresh_details,
    tasks.refresh_changes,
    tasks.refresh_charts,
    tasks.refresh_reference,
    tasks.forget_old,
]


@pytest.mark.parametrize("task", ALL, ids=lambda task: task.name)
def test_a_task_is_tried_again_on_one_named_error_and_acknowledged_late(task):
    assert task.autoretry_for == (TMDBUnavailable,)
    assert task.retry_backoff
    assert task.acks_late


def test_every_task_of_the_schedule_is_there(settings):
    current_app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= current_app.tasks.keys()


def test_the_rounds_keep_the_catalogue_in_step(tmdb):
    tasks.refresh_reference()
    tasks.refresh_charts()
    tasks.refresh_movie(AVATAR)
    assert Genre.objects.exists()
    assert ChartEntry.objects.count() == 100
    assert Movie.objects.get(pk=AVATAR).synced_at


def test_stale_films_and_those_aside_that_are_due_are_fetched(tmdb):
    Movie.objects.create(tmdb_id=AVATAR, title="Avatar")
    put_aside([Failed(MATRIX, SyncFailure.Reason.UNAVAILABLE, "")], timezone.now())
    SyncFailure.objects.update(retry_at=timezone.now())
    tasks.refresh_details()
    assert Movie.objects.filter(synced_at__isnull=False).count() == 2
    assert not SyncFailure.objects.exists()


def test_nothing_stale_is_no_call(tmdb):
    tasks.refresh_details()
    assert not tmdb.calls


def test_a_round_is_bounded_in_time(tmdb):
    for key in list(tmdb.films)[:300]:
        Movie.objects.create(tmdb_id=key, title="Any")
    tmdb.faults.add("/movie/*", "stall", seconds=0.2)
    # It began too long ago for any but the first films.
    assert refresh_details(seconds=0.1).fetched < 300
    assert Movie.objects.filter(synced_at=None).count() > 0
    assert SyncRound.objects.get().succeeded_at


def test_a_round_says_what_it_did(tmdb):
    Movie.objects.create(tmdb_id=AVATAR, title="Avatar")
    tasks.refresh_details()
    assert SyncRound.objects.get().summary.startswith("fetched 1: 1 changed, ")
    tasks.refresh_details()
    assert SyncRound.objects.get().summary == "nothing was due"


def test_a_round_gives_up_where_tmdb_fails_most_films(tmdb, hurried, monkeypatch):
    monkeypatch.setattr(rounds, "LOST_AT_LEAST", 4)
    Movie.objects.bulk_create(Movie(tmdb_id=key, title="Any") for key in range(1, 1001))
    tmdb.faults.add("/movie/*", "status500")
    with pytest.raises(TMDBUnavailable, match="TMDB failed "):
        refresh_details()
    # Those that were under way when it gave up; the rest keeps its place in the order.
    assert 4 <= SyncFailure.objects.count() < 1000
    entry = SyncRound.objects.get()
    assert entry.is_failing
    assert "put aside" in entry.summary


def test_a_list_with_a_lost_page_is_a_failed_round(tmdb, hurried):
    tmdb.faults.add("/movie/upcoming", "not_json")
    with pytest.raises(TMDBUnavailable):
        tasks.refresh_charts()
    assert SyncRound.objects.get().fault.endswith("lost: 1")
    assert Movie.objects.exists()


def test_a_second_round_of_the_same_kind_is_left_out(tmdb):
    Movie.objects.create(tmdb_id=AVATAR, title="Avatar")
    with alone("details") as first, alone("charts") as other, alone("details") as second:
        assert (first, other, second) == (True, True, False)
        assert refresh_details() is None
    assert refresh_details().fetched == 1


def test_a_round_that_fails_leaves_the_way_free():
    with pytest.raises(RuntimeError), alone("details"):
        raise RuntimeError
    assert cache.get("sync-round:details") is None
