"""What the suite does once where pytest, xdist and Django do it for each of its tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from django.core.handlers.base import BaseHandler
from django.core.signals import setting_changed
from django.test.client import ClientHandler


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """A process of many tells of a test that passed once, and not also that it began, was set up and was torn down.

    Each of that is a message to the process that counts them: for ten thousand tests 14 s of CPU, and so 8.
    """
    if not hasattr(item.config, "workerinput") or item.config.getoption("durations"):
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
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
