"""How far a run is: a bar on a terminal, a line now and then elsewhere."""

import time
from typing import Self, TextIO

from tqdm import tqdm

from catalog.sync.tally import Tally

LINE_SECONDS = 10.0


class Bar:
    """A bar with rate, failures and time left."""

    def __init__(self, stream: TextIO) -> None:
        self._bar = tqdm(file=stream, unit=" films", smoothing=0.1, dynamic_ncols=True, leave=False)

    def show(self, tally: Tally) -> None:
        # What was fresh took no time, and would make the rest look faster than it is.
        self._bar.initial, self._bar.total = tally.fresh, max(tally.expected, tally.done)
        self._bar.n = tally.done
        self._bar.set_postfix_str(f"{tally.put_aside} put aside", refresh=False)
        self._bar.refresh()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()


class Lines:
    """The same in words, every ten seconds."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._told_at = time.monotonic()

    def show(self, tally: Tally) -> None:
        if time.monotonic() - self._told_at < LINE_SECONDS:
            return
        self._told_at = time.monotonic()
        left = max(tally.expected - tally.done, 0) / max(tally.rate, 0.001)
        self._stream.write(
            f"{tally.done:,} of {tally.expected:,} films, {tally.rate:.1f} a second, "
            f"{tally.put_aside:,} put aside, {left:.0f} s left\n"
        )
        self._stream.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to tidy."""


def progress_on(stream: TextIO) -> Bar | Lines:
    return Bar(bare(stream)) if stream.isatty() else Lines(stream)


def bare(stream: TextIO) -> TextIO:
    """What lies below a command's own stream, which ends each text with a new line, and on a terminal paints it red."""
    return getattr(stream, "_out", stream)
