"""Child processes that end with their parent, and whose output goes to one log that does not grow for ever."""

import ctypes
import logging
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping
from logging.handlers import RotatingFileHandler
from pathlib import Path

ENDS_WITHIN = 10
PR_SET_PDEATHSIG = 1


def output_log(folder: Path) -> logging.Logger:
    """Where the children's lines go: 10 MB, and two older files of that size."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "marquee.log", maxBytes=10_000_000, backupCount=2, encoding="utf-8")
    log = logging.Logger("marquee.children")
    log.addHandler(handler)
    return log


class Child:
    """One running process; `last_lines` is what it said last."""

    def __init__(self, name: str, command: list[str], environment: Mapping[str, str], log: logging.Logger) -> None:
        self.name = name
        self.last_lines: deque[str] = deque(maxlen=15)
        self.process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            preexec_fn=end_with_parent,
        )
        threading.Thread(target=self._pass_on, args=[log], daemon=True).start()

    def _pass_on(self, log: logging.Logger) -> None:
        with self.process.stdout as lines:
            for line in lines:
                self.last_lines.append(line.rstrip())
                log.info("%s", line.rstrip())

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def ending(self) -> str:
        """How it ended, in a few words, and what it said last."""
        code = self.process.returncode
        how = f"with the code {code}" if code >= 0 else f"by {signal.Signals(-code).name}"
        return " | ".join([how, *self.last_lines])


def end(children: list[Child]) -> None:
    """Asks each to end, the last started first, and ends those that do not."""
    for child in reversed(children):
        child.process.terminate()
    deadline = time.monotonic() + ENDS_WITHIN
    for child in children:
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()


def end_with_parent() -> None:
    """For a child, before it becomes its program: on Linux the kernel ends it when its parent was killed.

    So no orphan keeps the port.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
