"""Headless Chromium for the tests of pages: the system's own, found or said to be missing."""

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, sync_playwright

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


def keep_picture(page: Page, name: str) -> None:
    """Where `SCREENSHOTS` names a folder, the page as it looks now, for people to look at."""
    folder = os.environ.get("SCREENSHOTS")
    if not folder:
        return
    with Image.open(io.BytesIO(page.screenshot(full_page=True))) as image:
        image.save(Path(folder) / f"{name}.webp", quality=60, method=6)


@contextmanager
def open_page(size: dict[str, int], *, scripts: bool = True) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what it complains of: console errors and warnings, failed requests, uncaught exceptions.

    Pictures at TMDB's CDN are answered empty here, since the tests reach nothing outside this machine.
    """
    complaints: list[str] = []
    # Playwright's loop runs in this thread, where Django would refuse to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
            page = browser.new_page(viewport=size, java_script_enabled=scripts)
            page.route("https://image.tmdb.org/**", lambda route: route.fulfill(status=204))
            page.on("console", lambda said: said.type in ("error", "warning") and complaints.append(said.text))
            page.on("pageerror", lambda fault: complaints.append(str(fault)))
            page.on(
                "requestfailed", lambda request: request.failure != LEFT and complaints.append(f"failed: {request.url}")
            )
            yield page, complaints
            browser.close()
    finally:
        os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
