"""Background work of the catalogue. Each task may run twice, or beside itself, and leave the same."""

from celery import shared_task

from catalog import sync
from catalog.tmdb.errors import TMDBUnavailable

RETRY = {
    "autoretry_for": (TMDBUnavailable,),
    "retry_backoff": 30,
    "retry_backoff_max": 1800,
    "retry_jitter": True,
    "max_retries": 5,
    "acks_late": True,
}


@shared_task(**RETRY)
def refresh_movie(movie_id: int) -> None:
    sync.refresh_movie(movie_id)


@shared_task(**RETRY)
def refresh_details() -> None:
    sync.refresh_details()


@shared_task(**RETRY)
def refresh_changes() -> None:
    sync.refresh_changes()


@shared_task(**RETRY)
def refresh_charts() -> None:
    sync.refresh_charts()


@shared_task(**RETRY)
def refresh_reference() -> None:
    sync.refresh_reference()


@shared_task(**RETRY)
def forget_old() -> None:
    sync.forget_old()


@shared_task(**RETRY)
def take_in_export() -> None:
    sync.take_in_export()


@shared_task(**RETRY)
def check_suspects() -> None:
    sync.check_suspects()


@shared_task(**RETRY)
def refresh_search() -> None:
    sync.refresh_search()
