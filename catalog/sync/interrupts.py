"""Ctrl-C, taken between two steps of a run: in the middle of a statement it would leave the connection unusable."""

import signal
import threading
from types import FrameType


class Interrupts:
    """`with Interrupts() as interrupts:` notes the first SIGINT, which `raise_noted` raises; a second ends all at once.

    Where SIGINT is not Python's own to handle (a worker's task, a thread), nothing is changed.
    """

    def __init__(self) -> None:
        self.is_noted = False
        self.is_ours = False

    def __enter__(self) -> "Interrupts":
        is_main = threading.current_thread() is threading.main_thread()
        self.is_ours = is_main and signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if self.is_ours:
            signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def raise_noted(self) -> None:
        """Raises KeyboardInterrupt, once, where a signal was noted."""
        if self.is_noted:
            self.is_noted = False
            raise KeyboardInterrupt

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.is_noted = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
