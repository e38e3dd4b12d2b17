"""Headless Chromium for the tests of pages: the system's own, found or said to be missing."""

import asyncio
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
# What was still on its way to a page that was left.
LEFT = "net::ERR_ABORTED"


def chromium() -> str:
    """Where it is; where it is not, the test is skipped, or fails under `REQUIRE_BROWSER`."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if not path and os.environ.get("REQUIRE_BROWSER"):
        pytest.fail("Chromium is required here, and is not installed.")
    return path or pytest.skip("Chromium is not installed: the pages were not looked at.")


def keep_pictures(page: Page, name: str) -> None:
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


@contextmanager
def open_page(size: dict[str, int], *, scripts: bool = True) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what it complains of: console errors and warnings, failed requests, uncaught exceptions.

    It knows nothing of other pages. Pictures at TMDB's CDN are answered empty here, since the tests reach nothing
    outside this machine.
    """
    complaints: list[str] = []
    with kept.opened() as browser, browser.new_context(viewport=size, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.route("https://image.tmdb.org/**", lambda route: route.fulfill(status=204))
        page.on("console", lambda said: said.type in ("error", "warning") and complaints.append(said.text))
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        page.on(
            "requestfailed", lambda request: request.failure != LEFT and complaints.append(f"failed: {request.url}")
        )
        yield page, complaints


def in_each_scheme(page: Page) -> Iterator[str]:
    """The page is shown light, then dark: as a matter of its styles alone, it need not be loaded for that again."""
    for scheme in "light", "dark":
        page.emulate_media(color_scheme=scheme)
        yield scheme
