"""Whole responses of public reads, kept as bytes: two levels, dropped by tag, computed once however many ask.

The first level is this process's memory, and answers without leaving it for `CONFIRMED_FOR` seconds; then the tags'
versions are read from the shared cache, in one call, and what is still current stays. A write drops what depends on it
by taking the tag's version away (`web.dropping`), which other processes notice within that time.
"""

import hashlib
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from web.caches import ERA
from web.compression import chosen_encoding, compress
from web.dropping import tag_key
from web.first_level import first_level
from web.identified import is_what_it_says
from web.throttling import allow

CONFIRMED_FOR = 0.5
COMPUTED_WITHIN = 10
CLIENT_SECONDS = 60
TAG_SECONDS = 7 * 86_400
READS = ("GET", "HEAD")
OWN = ["Authorization", "Cookie"]

View = Callable[..., HttpResponse]
# One lock for each key's share of them: readers of the same body wait for one computation, in this process.
locks = [threading.Lock() for _ in range(64)]


@dataclass(frozen=True)
class Rule:
    """How one read is kept: for how long, which query parameters tell its bodies apart, and what they depend on.

    `written` gives the one spelling of a parameter's values that mean the same. `language` says in which language a
    request is answered, where that depends on it: out of a set so small that a body for each of them may be kept.
    `wish` is a parameter that says "mine". `made_own` puts what the caller has chosen in its place, and tells whether
    it was there: the body is then one that others ask for as well, and the answer the caller's alone. None where it
    finds nothing to put there, and the view itself must answer.
    """

    seconds: int
    params: tuple[str, ...] = ()
    tags: Callable[[dict[str, Any]], list[str]] = lambda kwargs: []
    written: dict[str, Callable[[str], str]] = field(default_factory=dict)
    language: Callable[[HttpRequest], str] | None = None
    wish: str = ""
    made_own: Callable[[HttpRequest], bool | None] = lambda request: False


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
        if request.method not in READS or not _may_ask(request, rule):
            return view(request, **kwargs)
        is_own, meta = rule.made_own(request), request.META
        if is_own is None:
            return view(request, **kwargs)
        language = rule.language(request) if rule.language else ""
        place = (request.path_info, meta["QUERY_STRING"], meta.get("HTTP_HOST"), request.scheme, language)
        body, is_confirmed = first_level.get(place)
        if not is_confirmed:
            if body is None or not _is_current(body):
                body = Question(view, rule, request, kwargs, language).answer()
            if isinstance(body, HttpResponse):
                return body
            size = body.size() + len(request.path_info) + len(place[1])
            first_level.put(place, body, size=size, confirmed_for=CONFIRMED_FOR)
        return _respond(request, body, language, is_own)

    return answer


def _may_ask(request: HttpRequest, rule: Rule) -> bool:
    is_for_all = not (rule.wish and rule.wish in request.GET)
    return is_what_it_says(request, at_once=not is_for_all) and allow(request).allowed


def _respond(request: HttpRequest, body: Body, language: str, is_own: bool) -> HttpResponse:
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
    response.headers["Cache-Control"] = f"{'private' if is_own else 'public'}, max-age={CLIENT_SECONDS}"
    varies = ["Accept-Encoding", *(["Accept-Language"] if language else []), *(OWN if is_own else [])]
    response.headers["Vary"] = ", ".join(varies)
    if language:
        response.headers["Content-Language"] = language
    return response


@dataclass
class Question:
    """One read that the first level could not answer: its key and its tags' keys in the shared cache."""

    view: View
    rule: Rule
    request: HttpRequest
    kwargs: dict[str, Any]
    language: str = ""

    def __post_init__(self) -> None:
        _keep_known_params(self.request, self.rule)
        self.key = _body_key(self.request, self.language)
        self.claim = f"{self.key}:claim"
        self.tags = [ERA, *(tag_key(tag) for tag in self.rule.tags(self.kwargs))]

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
        # It may have been made between the first look and this claim.
        body = self.kept_body()
        if body:
            cache.delete(self.claim)
        return body

    def compute(self) -> Body | HttpResponse:
        try:
            versions = _versions(self.tags, self.versions)
            response = self.view(self.request, **self.kwargs)
            if response.status_code != 200:
                return response
            content = response.render().content
            # With the language: one that changes nothing in the body is still told in another header.
            digest = hashlib.blake2b(content, digest_size=12, person=self.language.encode())
            etag = f'W/"{digest.hexdigest()}"'
            # A view may say that what it tells is not to be kept as long as the rule says.
            seconds = min(self.rule.seconds, getattr(response, "keep_seconds", self.rule.seconds))
            body = Body(content, etag, versions, time.time() + seconds)
            # Plain values: a body kept by the version before this one must still be readable.
            cache.set(self.key, (body.content, body.etag, body.versions, body.expires_at), seconds)
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
    known = [
        (name, rule.written.get(name, str)(value))
        for name in sorted(rule.params)
        for value in request.GET.getlist(name)
    ]
    query = urlencode(known)
    if query != request.META["QUERY_STRING"]:
        request.META["QUERY_STRING"] = query
        vars(request).pop("GET", None)  # read anew when asked for; not there yet where the rule knows no parameter


def _body_key(request: HttpRequest, language: str) -> str:
    place = f"{request.scheme}://{request.get_host()}{request.path_info}?{request.META['QUERY_STRING']} {language}"
    return f"body:{hashlib.blake2b(place.encode(), digest_size=16).hexdigest()}"
