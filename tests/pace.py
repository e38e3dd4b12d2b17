"""What the suite does once where pytest, xdist and Django do it for each of its tests."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from _pytest.runner import runtestprotocol
from django.core.handlers.base import BaseHandler
from django.core.signals import setting_changed
from django.test.client import ClientHandler

T = TypeVar("T")


def with_room(function: Callable[..., T], *arguments: Any, **named: Any) -> T:
    """What the function returns, called with room for the frames of a thousand calls within.

    CPython has the frames of a thread in chunks of 16 KiB, and gives a chunk back to the system as soon as the last
    frame in it returns. A loop whose calls just cross the end of one maps memory and unmaps it again each time: a test
    of doors did so 800 times, and took a fifth longer for that. (Its issue 142183; 3.11 and 3.12 stay so.)
    """
    return function(*arguments, **named)


# Of values. A chunk is as large as its first frame needs, but a power of two of bytes: behind one that claims half a
# megabyte lies another half. Of what is claimed no page of memory is ever touched.
with_room.__code__ = with_room.__code__.replace(co_stacksize=1 << 16)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """A process of many tells of a test that passed once, and not also that it began, was set up and was torn down.

    Each of that is a message to the process that counts them: for ten thousand tests 14 s of CPU, and so 8.
    """
    is_terse = hasattr(item.config, "workerinput") and not item.config.getoption("durations")
    if not is_terse:
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = with_room(runtestprotocol, item, log=not is_terse, nextitem=nextitem)
    for report in reports if is_terse else ():
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.fixture(autouse=True, scope="session")
def middleware_is_made_once() -> Iterator[None]:
    """As in a web process, and anew when a setting has changed: not for each of the thousands of tests' clients."""
    parts = [name for name in vars(BaseHandler) if name.startswith("_") and "_middleware" in name]
    made: dict[str, dict[str, Any]] = {}

    def load(handler: ClientHandler, **options: Any) -> None:
        kept = made.get("chain")
        if kept is None:
            BaseHandler.load_middleware(handler, **options)
            kept = made["chain"] = {name: getattr(handler, name) for name in parts}
        vars(handler).update(kept)

    def forget(**changed: Any) -> None:
        made.clear()

    setting_changed.connect(forget)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientHandler, "load_middleware", load)
        yield
    setting_changed.disconnect(forget)
