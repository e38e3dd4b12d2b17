"""What became of the worker's rounds: written when one begins and when it ends, read by whoever watches over them."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import SyncRound, TMDBConfiguration

LONGEST_FAULT = 500


class Kind(NamedTuple):
    """A round that the schedule knows by this name: what it is for, and after how long without success it is missed."""

    purpose: str
    overdue_after: timedelta


ROUNDS = {
    "details": Kind(_("Details of films, by their worth"), timedelta(hours=1)),
    "charts": Kind(_("TMDB's lists: popular, trending, now playing, upcoming"), timedelta(hours=4)),
    "changes": Kind(_("What TMDB says has changed"), timedelta(hours=4)),
    "export": Kind(_("The daily export of all ids"), timedelta(hours=50)),
    "suspects": Kind(_("Films that the export no longer lists"), timedelta(hours=4)),
    "search": Kind(_("The index of the search"), timedelta(hours=50)),
    "reference": Kind(_("Genres, countries, services, configuration"), timedelta(days=9)),
    "retention": Kind(_("Forgetting what may no longer be kept"), timedelta(hours=50)),
}


def keep_account_of(name: str, purpose: str, overdue_after: timedelta) -> None:
    """Registers a round of a floor above, which writes its `Entry` like those of the catalogue."""
    ROUNDS[name] = Kind(purpose, overdue_after)


class State(TextChoices):
    WELL = "ok", _("ended well")
    RUNNING = "running", _("under way")
    NEVER = "never", _("has not run yet")
    FAILED = "failed", _("failed")
    UNENDED = "unended", _("did not end")
    OVERDUE = "overdue", _("overdue")


TROUBLE = frozenset({State.FAILED, State.UNENDED, State.OVERDUE})


@dataclass(frozen=True)
class Report:
    """How one round stands; `row` is not stored yet where it has never run."""

    name: str
    purpose: str
    state: State
    row: SyncRound

    @property
    def is_trouble(self) -> bool:
        return self.state in TROUBLE


class Entry(AbstractContextManager["Entry"]):
    """A round's line in the book, from its beginning to its end, whatever that is; `summary` says what it did."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.summary = ""

    def __enter__(self) -> "Entry":
        SyncRound.objects.update_or_create(name=self.name, defaults={"began_at": timezone.now()})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if fault is None:
            ended = {"succeeded_at": timezone.now(), "fault": "", "summary": self.summary}
        else:
            told = f"{type(fault).__name__}: {fault}".partition("\n")[0][:LONGEST_FAULT]
            ended = {"failed_at": timezone.now(), "fault": told, "summary": self.summary}
        SyncRound.objects.filter(name=self.name).update(**ended)


def scheduled() -> list[str]:
    """The names of the rounds that this installation makes, and keeps account of."""
    return [name for name in settings.CELERY_BEAT_SCHEDULE if name in ROUNDS]


def reports(now: datetime, names: list[str]) -> list[Report]:
    """How the rounds of these names stand."""
    rows = SyncRound.objects.in_bulk(names)
    watched_since = TMDBConfiguration.objects.values_list("synced_at", flat=True).first()
    found = []
    for name in names:
        row = rows.get(name) or SyncRound(name=name)
        kind = ROUNDS[name]
        state = _state(row, row.succeeded_at or watched_since, now - kind.overdue_after)
        found.append(Report(name, str(kind.purpose), state, row))
    return found


def _state(row: SyncRound, well_at: datetime | None, not_before: datetime) -> State:
    """`well_at` is the last success or, where there is none, since when there might have been one."""
    is_late = well_at is not None and well_at < not_before
    if row.is_failing:
        return State.FAILED
    if _is_open(row):
        return State.RUNNING if is_under_way(row.name) else State.UNENDED
    if is_late:
        return State.OVERDUE
    return State.WELL if row.succeeded_at else State.NEVER


def is_under_way(name: str) -> bool:
    """Whether a process is at it now; while the cache is away, nobody can tell, and it is not."""
    return cache.get(f"sync-round:{name}") is not None


def _is_open(row: SyncRound) -> bool:
    """Whether it has begun, and not ended since."""
    ends = [moment for moment in (row.succeeded_at, row.failed_at) if moment]
    return row.began_at is not None and (not ends or row.began_at > max(ends))
