"""How far an import is, stage by stage: a bar on a terminal, a line now and then elsewhere."""

import time
from typing import Self, TextIO

from tqdm import tqdm

from catalog.sync.progress import LINE_SECONDS, bare

IN_BYTES = frozenset({"downloaded", "read"})


class StagesBar:
    """A bar for each stage after the other."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._what = ""
        self._bar: tqdm | None = None

    def __call__(self, what: str, done: int, total: int | None) -> None:
        if self._bar is None or what != self._what:
            self._end()
            unit = {"unit": "B", "unit_scale": True, "unit_divisor": 1024} if what in IN_BYTES else {"unit": " films"}
            self._what, self._bar = what, tqdm(file=self._stream, desc=what, dynamic_ncols=True, leave=False, **unit)
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.close()


class StagesLines:
    """The same in words, every ten seconds."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._told_at = time.monotonic()

    def __call__(self, what: str, done: int, total: int | None) -> None:
        if time.monotonic() - self._told_at < LINE_SECONDS:
            return
        self._told_at = time.monotonic()
        of = f" of {total:,}" if total else ""
        self._stream.write(f"{what} {done:,}{of} {'bytes' if what in IN_BYTES else 'films'}\n")
        self._stream.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to tidy."""


def stages_on(stream: TextIO) -> StagesBar | StagesLines:
    return StagesBar(bare(stream)) if stream.isatty() else StagesLines(stream)
