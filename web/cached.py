"""Whole responses of public reads, kept as bytes: two levels, dropped by tag, computed once however many ask.

The first level is this process's memory, and answers without leaving it for `CONFIRMED_FOR` seconds; then the tags'
versions are read from the shared cache, in one call, and what is still current stays. A write drops what depends on it
by taking the tag's version away (`drop`), which other processes notice within that time.
"""

import hashlib
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from web.compression import chosen_encoding, compress
from web.first_level import FirstLevel
from web.throttling import allow

CONFIRMED_FOR = 0.5
COMPUTED_WITHIN = 10
CLIENT_SECONDS = 60
TAG_SECONDS = 7 * 86_400
READS = ("GET", "HEAD")

View = Callable[..., HttpResponse]
first_level = FirstLevel(most_bytes=16_000_000)
# One lock for each key's share of them: readers of the same body wait for one computation, in this process.
locks = [threading.Lock() for _ in range(64)]


@dataclass(frozen=True)
class Rule:
    """How one read is kept: for how long, which query parameters tell its bodies apart, and what they depend on."""

    seconds: int
    params: tuple[str, ...] = ()
    tags: Callable[[dict[str, Any]], list[str]] = lambda kwargs: []


@dataclass
class Body:
    """One rendered answer, its compressed forms, and the versions of its tags when its rendering began."""

    content: bytes
    etag: str
    versions: dict[str, str]
    expires_at: float
    encoded: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    def as_accepted(self, accept_encoding: str) -> tuple[bytes, str]:
        """The content in the form that the reader likes best, and that form's name."""
        wanted = chosen_encoding(accept_encoding)
        if wanted not in self.encoded:
            self.encoded[wanted] = compress(self.content, wanted)
        return self.encoded[wanted]

    def size(self) -> int:
        """Bytes in memory at the most: the content, its compressed forms, and what holds them."""
        return 2 * len(self.content) + 1_000


class CachedReads:
    """Mixin for viewsets: the actions named in `cached` are answered from the cache, before anything else is done."""

    cached: dict[str, Rule] = {}

    @classmethod
    def as_view(cls, actions: dict[str, str] | None = None, **initkwargs: Any) -> View:
        view = super().as_view(actions, **initkwargs)
        rule = cls.cached.get((actions or {}).get("get", ""))
        return kept(view, rule) if rule else view


def kept(view: View, rule: Rule) -> View:
    """The view, whose successful answers to GET and HEAD are kept by the rule."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method not in READS:
            return view(request, **kwargs)
        if not allow(request).allowed:
            return view(request, **kwargs)
        meta = request.META
        place = (request.path_info, meta["QUERY_STRING"], meta.get("HTTP_HOST"), request.scheme)
        body, is_confirmed = first_level.get(place)
        if not is_confirmed:
            if body is None or not _is_current(body):
                body = Question(view, rule, request, kwargs).answer()
            if isinstance(body, HttpResponse):
                return body
            size = body.size() + len(request.path_info) + len(place[1])
            first_level.put(place, body, size=size, confirmed_for=CONFIRMED_FOR)
        return _respond(request, body)

    return answer


def drop(tags: Iterable[str]) -> None:
    """Makes every body that depends on one of the tags unusable, in all processes."""
    first_level.clear()
    cache.delete_many([_tag_key(tag) for tag in tags])


def _respond(request: HttpRequest, body: Body) -> HttpResponse:
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    if asked and (asked.strip() == "*" or body.etag.removeprefix("W/") in asked):
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    else:
        content, encoding = body.as_accepted(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        response = HttpResponse(content, content_type="application/json")
        if encoding:
            response.headers["Content-Encoding"] = encoding
    response.headers["ETag"] = body.etag
    response.headers["Cache-Control"] = f"public, max-age={CLIENT_SECONDS}"
    response.headers["Vary"] = "Accept-Encoding"
    return response


@dataclass
class Question:
    """One read that the first level could not answer: its key and its tags' keys in the shared cache."""

    view: View
    rule: Rule
    request: HttpRequest
    kwargs: dict[str, Any]

    def __post_init__(self) -> None:
        _keep_known_params(self.request, self.rule)
        self.key = _body_key(self.request)
        self.claim = f"{self.key}:claim"
        self.tags = [_tag_key(tag) for tag in self.rule.tags(self.kwargs)]

    def answer(self) -> Body | HttpResponse:
        """The kept body, or a new one; a response that is not to be kept (an error) as it is."""
        lock = locks[hash(self.key) % len(locks)]
        body = self.kept_body()
        if body:
            return body
        had_to_wait = not lock.acquire(blocking=False)
        if had_to_wait:
            lock.acquire()
        try:
            return (had_to_wait and self.kept_body()) or self.body_made_elsewhere() or self.compute()
        finally:
            lock.release()

    def kept_body(self) -> Body | None:
        """The body, if it is there and none of its tags has been dropped since it was made."""
        found = cache.get_many([self.key, *self.tags])
        fields = found.pop(self.key, None)
        self.versions = found
        body = Body(*fields) if fields else None
        return body if body and body.versions == found and body.expires_at > time.time() else None

    def body_made_elsewhere(self) -> Body | None:
        """Waits, a while, for the process that is computing this body now; None makes this one compute it."""
        deadline = time.monotonic() + COMPUTED_WITHIN
        while not cache.add(self.claim, 1, COMPUTED_WITHIN):
            time.sleep(0.02)
            body = self.kept_body()
            # A claim that cannot be read is a shared cache that is away.
            if body or time.monotonic() > deadline or not cache.get(self.claim):
                return body
        return None

    def compute(self) -> Body | HttpResponse:
        try:
            versions = _versions(self.tags, self.versions)
            response = self.view(self.request, **self.kwargs)
            if response.status_code != 200:
                return response
            content = response.render().content
            etag = f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
            body = Body(content, etag, versions, time.time() + self.rule.seconds)
            # Plain values: a body kept by the version before this one must still be readable.
            cache.set(self.key, (body.content, body.etag, body.versions, body.expires_at), self.rule.seconds)
            return body
        finally:
            cache.delete(self.claim)


def _is_current(body: Body) -> bool:
    return body.expires_at > time.time() and cache.get_many(list(body.versions)) == body.versions


def _versions(tags: list[str], held: dict[str, str]) -> dict[str, str]:
    """The tags' versions, given to those that had none: a body must not outlive a drop that it never saw."""
    return {tag: held.get(tag) or cache.get_or_set(tag, uuid.uuid4().hex, TAG_SECONDS) for tag in tags}


def _keep_known_params(request: HttpRequest, rule: Rule) -> None:
    """Leaves the parameters that the rule knows, in one order: a stranger's own must not enter a shared body."""
    known = [(name, value) for name in sorted(rule.params) for value in request.GET.getlist(name)]
    query = urlencode(known)
    if query != request.META["QUERY_STRING"]:
        request.META["QUERY_STRING"] = query
        vars(request).pop("GET", None)  # read anew when asked for; not there yet where the rule knows no parameter


def _body_key(request: HttpRequest) -> str:
    place = f"{request.scheme}://{request.get_host()}{request.path_info}?{request.META['QUERY_STRING']}"
    return f"body:{hashlib.blake2b(place.encode(), digest_size=16).hexdigest()}"


def _tag_key(tag: str) -> str:
    return f"tag:{tag}"
