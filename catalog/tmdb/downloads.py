"""Downloads a large file. What an interruption or a kill leaves is gone on with, where the server can tell a part."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
import requests
from django.conf import settings
from filelock import FileLock, Timeout
from urllib3.exceptions import HTTPError as TransportError

from catalog.tmdb.errors import TMDBError, TMDBUnavailable

PIECE = 1 << 18
ATTEMPTS = 4
PAUSE = 1.0
# A server that trickles would else hold the worker for ever; what has come is kept, and the next time goes on with it.
LONGEST = 1_800.0
OTHER_PROCESS_SECONDS = 900.0
LARGEST = 4 << 30
OK, PARTIAL, UNCHANGED, NOT_SATISFIABLE = 200, 206, 304, 416
# A file server that may not say what it has answers 403 for what it has not.
MISSING = {403, 404, 410}
REDIRECTS = {301, 302, 303, 307, 308}


class DownloadMissing(TMDBUnavailable):
    """There is nothing at the address."""


class DownloadRefused(TMDBError):
    """What is at the address, or where it is to be put, will be no better at the next try."""


class Download:
    """One address and its file in a folder; `.part` is what is not whole yet, and `.notes` tells what it is of."""

    def __init__(self, url: str, folder: Path, show: Callable[[int, int | None], object]) -> None:
        self.url = url
        self.show = show
        self.path = folder / (re.sub(r"[^\w.-]", "_", urlsplit(url).path.rpartition("/")[2])[-100:] or "export")
        self.part = self.path.with_name(f"{self.path.name}.part")
        self.notes = self.path.with_name(f"{self.path.name}.notes")

    def fetch(self) -> None:
        """Brings the file here, unless it is here and has not changed; and removes those of other addresses.

        Raises DownloadMissing, DownloadRefused, or TMDBUnavailable when some tries have failed.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path.with_name("lock"), timeout=OTHER_PROCESS_SECONDS):
                self._try()
                self._remove_others()
        except Timeout as fault:
            raise TMDBUnavailable(f"{self.url}: another process has been at its download for long") from fault
        except OSError as fault:
            raise DownloadRefused(f"{fault.filename or self.part} cannot be written: {fault.strerror}") from fault

    def modified_at(self) -> datetime | None:
        """What the server said of the file's age."""
        try:
            return parsedate_to_datetime(self._noted().get("modified") or "").replace(tzinfo=UTC)
        except ValueError:
            return None

    def _try(self) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once()
            except DownloadMissing:
                raise
            except TMDBUnavailable:
                if attempt == ATTEMPTS:
                    raise
                time.sleep(PAUSE * attempt)
        return None

    def _once(self) -> None:
        headers = {"Accept-Encoding": "identity", "User-Agent": "Marquee"} | self._conditions()
        try:
            with requests.get(
                self.url, headers=headers, timeout=settings.TMDB_TIMEOUT, stream=True, allow_redirects=False
            ) as response:
                if response.status_code != UNCHANGED:
                    self._check(response)
                    self._save(response)
        except requests.RequestException as fault:
            raise TMDBUnavailable(f"{self.url}: {_cause(fault)}") from fault

    def _conditions(self) -> dict[str, str]:
        """Asks for the rest of what is here, or for nothing where all of it is here and has not changed."""
        noted = self._noted()
        validator = noted.get("etag") or noted.get("modified")
        if validator and self.part.exists():
            return {"Range": f"bytes={self.part.stat().st_size}-", "If-Range": validator}
        if validator and self.path.exists():
            return {"If-None-Match" if noted.get("etag") else "If-Modified-Since": validator}
        return {}

    def _check(self, response: requests.Response) -> None:
        """Raises what the answer stands for, unless it is the file or the asked-for part of it."""
        status, told = response.status_code, f"{self.url}: HTTP {response.status_code}"
        if status in REDIRECTS:
            raise DownloadRefused(f"{told}, which leads to {response.headers.get('Location')!r}: name that address")
        if status in MISSING:
            raise DownloadMissing(f"{told}: there is no such file")
        first = self.part.stat().st_size if self.part.exists() else 0
        told_part = response.headers.get("Content-Range", "").startswith(f"bytes {first}-")
        if status == NOT_SATISFIABLE or (status == PARTIAL and not told_part):
            self.part.unlink(missing_ok=True)
            raise TMDBUnavailable(f"{told}: it does not go on where the download ended")
        if status not in {OK, PARTIAL}:
            raise TMDBUnavailable(told)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            raise DownloadRefused(f"{self.url}: an HTML page, and no export")

    def _save(self, response: requests.Response) -> None:
        is_rest = response.status_code == PARTIAL
        if not is_rest:
            # The notes must never be those of another file than the one beside them.
            self.part.unlink(missing_ok=True)
            self.path.unlink(missing_ok=True)
            self._note(response)
        done = self.part.stat().st_size if is_rest else 0
        length = response.headers.get("Content-Length", "")
        size = done + int(length) if length.isdecimal() else None
        with self.part.open("ab") as file:
            for piece in self._pieces(response):
                file.write(piece)
                done += len(piece)
                self.show(done, size)
                if done > LARGEST:
                    raise DownloadRefused(f"{self.url}: no export has more than {LARGEST:,} bytes")
        if size is not None and done < size:
            raise TMDBUnavailable(f"{self.url}: it ended after {done:,} of {size:,} bytes")
        self.part.replace(self.path)

    def _pieces(self, response: requests.Response) -> Iterator[bytes]:
        """The body as it comes, packed as it is."""
        ends_at = time.monotonic() + LONGEST
        try:
            while piece := response.raw.read1(PIECE, decode_content=False):
                yield piece
                if time.monotonic() > ends_at:
                    raise TMDBUnavailable(f"{self.url}: it came too slowly; what has come is kept")
        except (TransportError, OSError) as fault:
            raise TMDBUnavailable(f"{self.url}: {_cause(fault)}; what has come is kept") from fault

    def _note(self, response: requests.Response) -> None:
        """Written before the file: what has no notes that fit is begun anew."""
        etag = response.headers.get("ETag", "")
        # A weak one does not promise the same bytes.
        noted = {"url": self.url, "etag": "" if etag.startswith("W/") else etag}
        written = orjson.dumps(noted | {"modified": response.headers.get("Last-Modified", "")})
        draft = self.notes.with_name(f"{self.notes.name}.new")
        draft.write_bytes(written)
        draft.replace(self.notes)

    def _noted(self) -> dict[str, Any]:
        try:
            noted = orjson.loads(self.notes.read_bytes())
        except (FileNotFoundError, orjson.JSONDecodeError):
            return {}
        return noted if isinstance(noted, dict) and noted.get("url") == self.url else {}

    def _remove_others(self) -> None:
        """Only what a download of ours has left: each has notes."""
        for notes in self.path.parent.glob("*.notes"):
            if notes != self.notes:
                name = notes.name.removesuffix(".notes")
                for path in (notes.with_name(name), notes.with_name(f"{name}.part"), notes):
                    path.unlink(missing_ok=True)


def _cause(fault: Exception) -> str:
    if isinstance(fault, requests.Timeout | TimeoutError) or "Timeout" in type(fault).__name__:
        return "no answer in time"
    return f"the connection failed ({type(fault).__name__})"
