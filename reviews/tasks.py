"""Background work of reviews. Each task may run twice, or beside itself, and leave the same."""

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from reviews import rounds

RETRY = {"autoretry_for": (OperationalError,), "retry_backoff": 30, "retry_backoff_max": 1800, "acks_late": True}


@shared_task(**RETRY)
def settle_standing() -> None:
    rounds.settle_standing(timezone.now())


@shared_task(**RETRY)
def rank_by_members() -> None:
    rounds.rank_by_members()
