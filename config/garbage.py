"""While everything is imported, nobody looks for garbage: nothing of it is any.

Nor is it looked through later, or at the end of the process: that, and the looking at its start, was a third of what a
`manage.py` command cost.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def ignore() -> None:
    gc.disable()


def collect_from_now_on() -> None:
    """What is there already stays as long as the process, and is not looked at again and again."""
    gc.freeze()
    gc.enable()


@contextmanager
def ignored() -> Iterator[None]:
    """For the time of a start."""
    ignore()
    try:
        yield
    finally:
        collect_from_now_on()
