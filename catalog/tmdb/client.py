"""Calls TMDB: one connection pool, the shared rate, and its faults as a few named errors."""

import os
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import orjson
import requests
import structlog
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies
from urllib3.exceptions import HTTPError as TransportError

from catalog.languages import POSTER_LANGUAGES
from catalog.tmdb.budget import FAR, LONGEST_PAUSE, Budget, FullError
from catalog.tmdb.errors import (
    TMDBMisconfigured,
    TMDBNotFound,
    TMDBRefused,
    TMDBStopped,
    TMDBThrottled,
    TMDBUnauthorized,
    TMDBUnavailable,
    TMDBUnreadable,
    fault_of,
)

Json = dict[str, Any]
Check = Callable[[Any], bool]

PARTS = "credits,release_dates,videos,images,keywords,external_ids,translations,watch/providers"
# `language` would leave out the videos of other languages, and of none; films are often trailed in their own alone.
VIDEO_LANGUAGES = "en,null,fr,de,es,it,pt,ja,ko,zh,cn,hi,ru,pl,nl,sv,da,tr"
MOVIE_PARAMS = {
    "append_to_response": PARTS,
    "include_video_language": VIDEO_LANGUAGES,
    # Not `null`: pictures without words are the most of all, and none of them is a poster in a language.
    "include_image_language": ",".join(POSTER_LANGUAGES),
    "language": "en-US",
}
LAST_PAGE = 500
LARGEST_BODY = 32_000_000
CHUNK = 1 << 18
OK = 200

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Patience:
    """How often a call is tried, for how many seconds each time and in all, and how long it may wait for its slot."""

    attempts: int = 4
    timeout: float = 10.0
    seconds: float = 45.0
    slot: float = FAR
    throttled: int = 8
    backoff: float = 0.5


PATIENT = Patience()
HASTY = Patience(attempts=1, timeout=3.0, seconds=4.0, slot=2.0, throttled=1)


def is_object(body: Any) -> bool:
    return isinstance(body, dict)


class TMDBClient:
    """What any number of threads may call at once; `threads` is for how many it keeps connections."""

    def __init__(
        self,
        base_url: str,
        token: str,
        budget: Budget,
        *,
        threads: int = 1,
        patience: Patience = PATIENT,
    ) -> None:
        if token and not re.fullmatch(r"[\x21-\x7e]+", token):
            raise TMDBUnauthorized("TMDB_TOKEN holds characters that no token has")
        self.base_url = base_url.rstrip("/")
        self.budget = budget
        self.patience = patience
        # Told what came of each try: its HTTP status, `timeout`, `connection`, or `unreadable`.
        self.count: Callable[[str], object] = lambda outcome: None
        self._session = _session(self.base_url, token, threads)
        self._stopped = threading.Event()

    def check(self) -> None:
        """Raises TMDBUnauthorized or TMDBMisconfigured where no call can succeed, TMDBUnavailable where none does."""
        try:
            self.get("/configuration")
        except (TMDBNotFound, TMDBRefused, TMDBUnreadable) as fault:
            raise TMDBMisconfigured(f"what answers at TMDB_BASE_URL is not TMDB's API ({fault})") from fault

    def movie(self, movie_id: int, *, patience: Patience | None = None) -> Json:
        """The film's body with all its parts."""
        return self.get(f"/movie/{movie_id}", MOVIE_PARAMS, is_proper=_has_id, patience=patience)

    def page(self, path: str, page: int) -> tuple[list[int], int]:
        """The ids on a page of a list of films, and the number of the last page that can be asked for."""
        body = self.get(path, {"page": page, "language": "en-US"}, is_proper=_has_results)
        last = body.get("total_pages")
        ids = [row.get("id") for row in body["results"] if isinstance(row, dict)]
        sound = [number for number in ids if isinstance(number, int) and number > 0]
        return sound, min(last, LAST_PAGE) if isinstance(last, int) else page

    def get(
        self, path: str, params: Json | None = None, *, is_proper: Check = is_object, patience: Patience | None = None
    ) -> Any:
        """The parsed body. Tries again what may pass; raises one of `catalog.tmdb.errors`, TMDBStopped after `stop`."""
        patience = patience or self.patience
        spent, failed, throttled = 0.0, 0, 0
        while True:
            self._wait_for_slot(path, patience)
            began_at = time.monotonic()
            try:
                timeout = min(patience.timeout, self.patience.timeout, patience.seconds - spent)
                return self._once(path, params, is_proper, timeout)
            except TMDBThrottled as fault:
                throttled += 1
                if throttled >= patience.throttled or (fault.seconds or 0) > min(LONGEST_PAUSE, patience.seconds):
                    raise
                self.budget.pause(random.uniform(1, 1.5) if fault.seconds is None else fault.seconds)
            except TMDBUnavailable:
                failed += 1
                pause = patience.backoff * 2 ** (failed - 1) * random.uniform(0.5, 1.5)
                spent += time.monotonic() - began_at + pause
                if failed >= patience.attempts or spent >= patience.seconds:
                    raise
                self._stopped.wait(pause)

    def stop(self) -> None:
        """Ends all waiting: calls under way end without another try, and no new one begins."""
        self._stopped.set()

    def close(self) -> None:
        self.stop()
        self._session.close()

    def _wait_for_slot(self, path: str, patience: Patience) -> None:
        try:
            self.budget.wait(limit=patience.slot, sleep=self._stopped.wait)
        except FullError as full:
            raise TMDBUnavailable(f"{path}: {full}") from full
        if self._stopped.is_set():
            raise TMDBStopped(path)

    def _once(self, path: str, params: Json | None, is_proper: Check, timeout: float) -> Any:
        ends_at = time.monotonic() + 2 * timeout
        url = self.base_url + path
        try:
            # A redirect would carry the token elsewhere; TMDB has none.
            with self._session.get(url, params=params, timeout=timeout, stream=True, allow_redirects=False) as response:
                content = _content(response, ends_at)
        except (requests.RequestException, TransportError, OSError) as fault:
            self.count("timeout" if _is_late(fault) else "connection")
            raise TMDBUnavailable(f"{path}: {_cause(fault)}") from fault
        body = _parsed(content)
        fault = fault_of(response.status_code, body, path=path, wait=_retry_after(response))
        if not fault and not is_proper(body):
            fault = TMDBUnreadable(f"{path}: {len(content)} bytes that are not what was asked for")
        self.count("unreadable" if fault and response.status_code == OK else str(response.status_code))
        if isinstance(fault, TMDBRefused):
            log.error("tmdb_refused", fault=str(fault))
        if fault:
            raise fault
        return body


def _session(base_url: str, token: str, threads: int) -> requests.Session:
    session = requests.Session()
    session.headers.update({"Accept": "application/json", "User-Agent": "Marquee"})
    if token:
        session.headers["Authorization"] = f"Bearer {token}"
    # What requests would look up for each call is looked up once, except ~/.netrc, which would replace the token.
    session.trust_env = False
    session.proxies = get_environ_proxies(base_url)
    session.verify = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(pool_connections=1, pool_maxsize=threads))
    return session


def _content(response: requests.Response, ends_at: float) -> bytes:
    """The whole body, read piece by piece: a body that trickles in would outlast any time-out of the socket."""
    pieces, size = [], 0
    while piece := response.raw.read1(CHUNK, decode_content=True):
        pieces.append(piece)
        size += len(piece)
        if time.monotonic() > ends_at:
            raise requests.ReadTimeout("the body came too slowly")
        if size > LARGEST_BODY:
            raise requests.RequestException("the body has no end")
    return b"".join(pieces)


def _parsed(content: bytes) -> Any:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        return None


def _cause(fault: Exception) -> str:
    """What happened, without the library's text, which may quote headers."""
    if _is_late(fault):
        return "no answer in time"
    return f"the connection failed ({type(fault).__name__})"


def _is_late(fault: Exception) -> bool:
    return isinstance(fault, requests.Timeout | TimeoutError) or "Timeout" in type(fault).__name__


def _retry_after(response: requests.Response) -> float | None:
    told = response.headers.get("Retry-After", "")
    if told.isdecimal():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _has_id(body: Any) -> bool:
    return is_object(body) and "id" in body


def _has_results(body: Any) -> bool:
    return is_object(body) and isinstance(body.get("results"), list)
