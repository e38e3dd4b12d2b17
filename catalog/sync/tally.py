"""The count of a run."""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from catalog.sync.failures import put_aside
from catalog.sync.outcomes import Failed, Fetched, Gone, Outcome
from catalog.sync.storing import bury, store


@dataclass
class Tally:
    """What a run has done so far. `expected` is how many films it means to look at, as far as it is known."""

    expected: int = 0
    fetched: int = 0
    changed: int = 0
    unchanged: int = 0
    fresh: int = 0
    gone: int = 0
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
            + (f"{self.lost_pages:,} pages of the list lost; " if self.lost_pages else "")
            + f"{self.seconds:.1f} s, {self.rate:.1f} films a second"
        )


def settle(outcomes: list[Outcome], now: datetime, tally: Tally) -> None:
    """Writes what came of these films, and counts it."""
    stored = store([outcome.facts for outcome in outcomes if isinstance(outcome, Fetched)], now)
    gone = [outcome.movie_id for outcome in outcomes if isinstance(outcome, Gone)]
    failed = stored.failed + [outcome for outcome in outcomes if isinstance(outcome, Failed)]
    if gone:
        bury(gone, now)
    if failed:
        put_aside(failed, now)
    tally.fetched += len(outcomes) - len(failed)
    tally.changed += len(stored.changed)
    tally.unchanged += len(stored.unchanged)
    tally.gone += len(gone)
    tally.aside.update(failure.reason.value for failure in failed)
