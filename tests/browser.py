"""Headless Chromium for the tests of pages: the system's own, found or said to be missing."""

import asyncio
import io
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

# The first is the same engine without a browser's own windows, which nobody sees here: a third less to do.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    # Of a page that is looked at for a moment: nothing of it is worth to be made faster, or done in threads beside it.
    *("--js-flags=--no-opt --single-threaded", "--in-process-gpu"),
    # The tests reach nothing outside this machine. To answer in the network's place would have every request of a page
    # wait for that, and Chromium keep no style and no script from one page to the next.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
]
PICTURES = "https://image.tmdb.org/"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
# What is to be drawn has been drawn by the second frame: pictures that come into view have been asked for.
DRAWN = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
LONGEST_WAIT = 30
# What was still on its way to a page that was left.
LEFT = "net::ERR_ABORTED"


def chromium() -> str:
    """Where it is; where it is not, the test is skipped, or fails under `REQUIRE_BROWSER`."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if not path and os.environ.get("REQUIRE_BROWSER"):
        pytest.fail("Chromium is required here, and is not installed.")
    return path or pytest.skip("Chromium is not installed: the pages were not looked at.")


def keep_pictures(page: Page, name: str) -> None:
    if os.environ.get("SCREENSHOTS"):
        for scheme in in_each_scheme(page):
            keep_picture(page, f"{name}-{scheme}")


def keep_picture(page: Page, name: str) -> None:
    """Where `SCREENSHOTS` names a folder, the page as it looks now, for people to look at."""
    folder = os.environ.get("SCREENSHOTS")
    if not folder:
        return
    with Image.open(io.BytesIO(page.screenshot(full_page=True))) as image:
        image.save(Path(folder) / f"{name}.webp", quality=60, method=6)


class Kept:
    """One Chromium for all tests of a process: to start it takes longer than most of them.

    Playwright's loop counts as running in this thread as long as it is there. Only while a page is open may it be: to
    Django, and to whatever runs a loop of its own, it must seem to be none.
    """

    playwright = browser = loop = None

    def start(self) -> None:
        path = chromium()  # before anything is started: where there is none, the test ends here
        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(executable_path=path, args=QUIET)
        self.loop = asyncio.get_running_loop()

    @contextmanager
    def opened(self) -> Iterator[Browser]:
        if self.browser and not self.browser.is_connected():
            self.stop()
        asyncio._set_running_loop(self.loop)
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        try:
            if not self.browser:
                self.start()
            yield self.browser
        finally:
            os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
            asyncio._set_running_loop(None)

    def stop(self) -> None:
        if self.playwright:
            asyncio._set_running_loop(self.loop)
            self.playwright.stop()
            asyncio._set_running_loop(None)
            self.playwright = self.browser = self.loop = None


kept = Kept()
# What each open page has asked for, and has had no answer to.
under_way: dict[Page, set[Request]] = {}


@contextmanager
def open_page(size: dict[str, int], *, scripts: bool = True) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what it complains of: console errors and warnings, failed requests, uncaught exceptions.

    It knows nothing of other pages. That TMDB's pictures are out of reach here is no complaint.
    """
    with kept.opened() as browser, browser.new_context(viewport=size, java_script_enabled=scripts) as context:
        page = context.new_page()
        under_way[page] = set()
        try:
            yield page, listened_to(page)
        finally:
            del under_way[page]


def listened_to(page: Page) -> list[str]:
    complaints: list[str] = []
    unanswered = under_way[page]

    def hear(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning") and not said.location["url"].startswith(PICTURES):
            complaints.append(said.text)

    def ask(request: Request) -> None:
        unanswered.add(request)

    def have(request: Request) -> None:
        unanswered.discard(request)

    def fail(request: Request) -> None:
        have(request)
        if request.failure != LEFT and not request.url.startswith(PICTURES):
            complaints.append(f"failed: {request.url}")

    page.on("console", hear)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.on("request", ask)
    page.on("requestfinished", have)
    page.on("requestfailed", fail)
    return complaints


def settle(page: Page) -> None:
    """Waits until the page has been drawn with all that it asked for, and asks for nothing more; scripts must run."""
    ends_at = time.monotonic() + LONGEST_WAIT
    page.evaluate(DRAWN)
    while under_way[page]:
        assert time.monotonic() < ends_at, f"never answered: {[request.url for request in under_way[page]]}"
        page.wait_for_timeout(10)
        page.evaluate(DRAWN)


def follow(page: Page, what: str) -> None:
    """Clicks what leads to another page, and waits until that is there: after a click alone it may still be empty."""
    with page.expect_navigation():
        page.click(what)


def width_needed(page: Page) -> int:
    """In CSS pixels. A page of which something is shown already may have its styles yet to come: it is waited for."""
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth")


def let_in(page: Page, site: str, member: Any) -> None:
    """Signs the member in by a session's cookie, where the form is not what the test is about."""
    client = Client()
    client.force_login(member)
    page.context.add_cookies([{"name": one.key, "value": one.value, "url": site} for one in client.cookies.values()])


def in_each_scheme(page: Page) -> Iterator[str]:
    """The page is shown light, then dark: as a matter of its styles alone, it need not be loaded for that again."""
    for scheme in "light", "dark":
        page.emulate_media(color_scheme=scheme)
        yield scheme
