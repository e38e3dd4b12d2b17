"""Films put aside, and when they are tried again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from catalog.models import SyncFailure
from catalog.retrying import retried
from catalog.sync.outcomes import Failed
from catalog.sync.parsing.values import text

FIRST_WAIT = timedelta(minutes=10)
LONGEST_WAIT = timedelta(days=7)
WRITTEN = ["reason", "detail", "attempts", "last_failed_at", "retry_at"]


def wait_after(attempts: int) -> timedelta:
    """Twice as long after each failure, up to a week."""
    return min(FIRST_WAIT * 2 ** min(attempts - 1, 20), LONGEST_WAIT)


def put_aside(failed: Iterable[Failed], now: datetime) -> None:
    """Records each film with its reason; one more attempt for a film that is aside already."""
    retried(partial(_put_aside, {failure.movie_id: failure for failure in failed}, now))


@transaction.atomic
def _put_aside(news: dict[int, Failed], now: datetime) -> None:
    held = SyncFailure.objects.filter(pk__in=news).order_by("pk").select_for_update()
    attempts = dict(held.values_list("pk", "attempts"))
    rows = [_row(news[key], attempts.get(key, 0) + 1, now) for key in sorted(news)]
    SyncFailure.objects.bulk_create(rows, update_conflicts=True, unique_fields=["tmdb_id"], update_fields=WRITTEN)


def _row(failure: Failed, attempts: int, now: datetime) -> SyncFailure:
    return SyncFailure(
        tmdb_id=failure.movie_id,
        reason=failure.reason,
        detail=text(failure.detail, 1000),
        attempts=attempts,
        first_failed_at=now,
        last_failed_at=now,
        retry_at=now + wait_after(attempts),
    )
