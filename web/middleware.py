"""Others' middleware, passed by where it has nothing to do: together they would cost a cached read more than all else.

Each does its whole work for pages, and for whoever is signed in.
"""

import structlog
from corsheaders.conf import conf as cors
from corsheaders.middleware import CorsMiddleware
from csp.constants import HEADER as CSP_HEADER
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.common import CommonMiddleware
from django.utils.deprecation import MiddlewareMixin
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from web.errors import answer, is_api

log = structlog.get_logger(__name__)
JSON = "application/json"
JSON_POLICY = "default-src 'none'; frame-ancestors 'none'"
MOST_HOSTS = 64
LONGEST_REASON = 200
# Asked by address, by balancers and orchestrators that know no name of this site; the answers hold no link.
NAMELESS = frozenset({"/healthz", "/readyz", "/metrics"})


def is_stranger(request: HttpRequest) -> bool:
    """Whether this is a read of the API by someone without a session: no session, user or message is of use to it."""
    return (
        request.path_info.startswith("/api/")
        and request.method in {"GET", "HEAD"}
        and f"{settings.SESSION_COOKIE_NAME}=" not in request.META.get("HTTP_COOKIE", "")
    )


class PassedByStrangers(MiddlewareMixin):
    sync_capable, async_capable = True, False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request) if is_stranger(request) else super().__call__(request)


class Sessions(PassedByStrangers, SessionMiddleware):
    """Django's sessions."""


class Authentication(PassedByStrangers, AuthenticationMiddleware):
    """Django's `request.user`."""


class Messages(PassedByStrangers, MessageMiddleware):
    """Django's messages, which look for their cookie on each request."""


class ContentSecurity(CSPMiddleware):
    """django-csp, which writes its policy anew for each response; JSON loads nothing, so its policy never differs."""

    sync_capable, async_capable = True, False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith("/api/"):
            return super().__call__(request)
        response = self.get_response(request)
        if response.headers.get("Content-Type", JSON).startswith(JSON):
            response.headers[CSP_HEADER] = JSON_POLICY
            return response
        return self.process_response(request, response)


class Origins(CorsMiddleware):
    """django-cors-headers: not there while no other site is let in, and at work only for requests that name one."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: object) -> None:
        if not (cors.CORS_ALLOWED_ORIGINS or cors.CORS_ALLOWED_ORIGIN_REGEXES or cors.CORS_ALLOW_ALL_ORIGINS):
            raise MiddlewareNotUsed("CORS_ALLOWED_ORIGINS is empty.")
        super().__init__(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "HTTP_ORIGIN" in request.META:
            return super().__call__(request)
        response = self.get_response(request)
        if request.path_info.startswith("/api/"):
            vary = response.headers.get("Vary")
            response.headers["Vary"] = f"{vary}, Origin" if vary else "Origin"
        return response


class StaticFiles(WhiteNoiseMiddleware):
    """WhiteNoise, whose files leave in one piece: in many, they hold a thread for as long as their reader pleases."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        found = static_file.get_response(request.method, request.META)
        content = b""
        if found.file is not None:
            with found.file as file:
                content = file.read()
        response = HttpResponse(content, status=int(found.status))
        del response.headers["Content-Type"]
        for name, value in found.headers:
            response.headers[name] = value
        return response


class Hosts(CommonMiddleware):
    """Django's common middleware; a Host header that was found allowed is not taken apart again.

    One that is not allowed is a scanner's, or a variable to set: worth a line, not an error for each request.
    """

    sync_capable, async_capable = True, False

    def __init__(self, get_response: object) -> None:
        super().__init__(get_response)
        self._allowed: set[str | None] = set()

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        host = request.META.get("HTTP_HOST")
        if host in self._allowed or request.path_info in NAMELESS:
            return None
        try:
            redirect = super().process_request(request)
        except DisallowedHost as fault:
            log.warning("host_not_allowed", reason=str(fault)[:LONGEST_REASON])
            return answer(request, 400)
        if host and redirect is None and len(self._allowed) < MOST_HOSTS:
            self._allowed.add(host)
        return redirect

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        """For pages that are looked at: a path of the API is canonical without, and a form would lose what it sends."""
        if request.method not in {"GET", "HEAD"} or is_api(request.path_info):
            return False
        return super().should_redirect_with_slash(request)
