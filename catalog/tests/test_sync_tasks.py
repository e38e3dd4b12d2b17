"""The rounds that the worker makes by itself."""

import pytest
from celery import current_app
from django.core.cache import cache
from django.utils import timezone

from catalog import tasks
from catalog.models import ChartEntry, Genre, Movie, SyncFailure
from catalog.sync import alone, refresh_stale
from catalog.sync.failures import put_aside
from catalog.sync.outcomes import Failed
from catalog.tmdb.errors import TMDBUnavailable

pytestmark = pytest.mark.django_db
AVATAR, MATRIX = 19995, 603
ALL = [tasks.refresh_movie, tasks.refresh_stale, tasks.refresh_charts, tasks.refresh_reference]


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
    tasks.refresh_stale()
    assert Movie.objects.filter(synced_at__isnull=False).count() == 2
    assert not SyncFailure.objects.exists()


def test_nothing_stale_is_no_call(tmdb):
    tasks.refresh_stale()
    assert not tmdb.calls


def test_a_round_is_bounded(tmdb):
    for key in list(tmdb.films)[:5]:
        Movie.objects.create(tmdb_id=key, title="Any")
    assert refresh_stale(3).fetched == 3


def test_a_second_round_of_the_same_kind_is_left_out(tmdb):
    Movie.objects.create(tmdb_id=AVATAR, title="Avatar")
    with alone("stale") as first, alone("charts") as other, alone("stale") as second:
        assert (first, other, second) == (True, True, False)
        assert refresh_stale() is None
    assert refresh_stale().fetched == 1


def test_a_round_that_fails_leaves_the_way_free():
    with pytest.raises(RuntimeError), alone("stale"):
        raise RuntimeError
    assert cache.get("sync-round:stale") is None
