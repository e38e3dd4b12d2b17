"""The count of a run."""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from catalog.sync.failures import put_aside
from catalog.sync.outcomes import Failed, Fetched, Gone, Outcome
from catalog.sync.storing import bury, store
from catalog.sync.successors import follow, merge_all
from catalog.tmdb.calls import calls
from catalog.tmdb.client import Patience, TMDBClient


@dataclass
class Tally:
    """What a run has done so far. `expected` is how many films it means to look at, as far as it is known."""

    expected: int = 0
    fetched: int = 0
    changed: int = 0
    unchanged: int = 0
    fresh: int = 0
    gone: int = 0
    merged: int = 0
    aside: Counter[str] = field(default_factory=Counter)
    lost_pages: int = 0
    began_at: float = field(default_factory=time.monotonic)

    @property
    def put_aside(self) -> int:
        return self.aside.total()

    @property
    def done(self) -> int:
        return self.fetched + self.put_aside + self.fresh

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began_at

    @property
    def rate(self) -> float:
        return (self.fetched + self.put_aside) / max(self.seconds, 0.001)

    def __str__(self) -> str:
        reasons = f" ({', '.join(f'{count} {reason}' for reason, count in sorted(self.aside.items()))})"
        return (
            f"fetched {self.fetched:,}: {self.changed:,} changed, {self.unchanged:,} unchanged, {self.gone:,} gone; "
            f"{self.fresh:,} fresh already; {self.put_aside:,} put aside{reasons if self.aside else ''}; "
            + (f"{self.merged:,} of the gone merged; " if self.merged else "")
            + (f"{self.lost_pages:,} pages of the list lost; " if self.lost_pages else "")
            + f"{self.seconds:.1f} s, {self.rate:.1f} films a second"
        )


def settle(
    client: TMDBClient, outcomes: list[Outcome], now: datetime, tally: Tally, *, patience: Patience | None = None
) -> None:
    """Writes what came of these films, and counts it. The client is asked which film took the place of one gone."""
    outcomes = follow(client, outcomes, patience)
    stored = store([outcome.facts for outcome in outcomes if isinstance(outcome, Fetched)], now)
    gone = [outcome for outcome in outcomes if isinstance(outcome, Gone)]
    unmerged = merge_all((outcome for outcome in gone if outcome.merged_into), now)
    failed = stored.failed + unmerged + [outcome for outcome in outcomes if isinstance(outcome, Failed)]
    if buried := [outcome.movie_id for outcome in gone if not outcome.merged_into]:
        bury(buried, now)
    if failed:
        put_aside(failed, now)
    tally.fetched += len(outcomes) - len(failed)
    tally.changed += len(stored.changed)
    tally.unchanged += len(stored.unchanged)
    tally.gone += len(gone) - len(unmerged)
    tally.merged += len(gone) - len(unmerged) - len(buried)
    tally.aside.update(failure.reason.value for failure in failed)
    calls.flush_if_due()
