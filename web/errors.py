"""One shape for every fault under /api/, whoever finds it: `{"type", "errors": [{"code", "detail", "attr"}]}`."""

import logging
import sys
from threading import Lock
from time import monotonic

import orjson
import structlog
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template import loader
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from drf_standardized_errors.handler import ExceptionHandler as StandardizedExceptionHandler
from rest_framework import exceptions, status
from rest_framework.response import Response

log = structlog.get_logger(__name__)
RETRY_AFTER = 5
FAULTS = {
    400: ("bad_request", "The request cannot be understood."),
    401: ("not_authenticated", "Authentication credentials were not provided."),
    403: ("permission_denied", "You do not have permission to perform this action."),
    404: ("not_found", "Not found."),
    405: ("method_not_allowed", "This method is not allowed here."),
    408: ("request_timeout", "The body of the request did not come in time."),
    413: ("payload_too_large", "The body of the request is too large."),
    429: ("throttled", "Too many tries. Wait a while, and try again."),
    414: ("uri_too_long", "The address of the request is too long."),
    500: ("error", "Something went wrong here. It has been noted."),
    503: ("unavailable", "A part of this service is away. Try again shortly."),
}
CSRF = _("The form is out of date, or came from another site. Reload the page, then try again.")
DATABASE_AWAY = (OperationalError, InterfaceError)
OUTAGE_OVER_AFTER = 300
UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError)


class Unavailable(exceptions.APIException):
    """Something this service needs is away: 503, with the seconds after which to try again."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code, default_detail = FAULTS[503]

    def __init__(self, detail: str | None = None, code: str | None = None, *, retry_after: int = RETRY_AFTER) -> None:
        super().__init__(detail, code)
        self.wait = retry_after


class PayloadTooLarge(exceptions.APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code, default_detail = FAULTS[413]


class Conflict(exceptions.APIException):
    """What is asked for contradicts what is there already: 409."""

    status_code = status.HTTP_409_CONFLICT
    default_code, default_detail = "conflict", "This contradicts what is there already."


class Outages:
    """Tells the first fault of an outage from those that follow it, each within `OUTAGE_OVER_AFTER` seconds."""

    def __init__(self) -> None:
        self._over_at = 0.0
        self._lock = Lock()

    def is_first(self) -> bool:
        with self._lock:
            over_at, self._over_at = self._over_at, monotonic() + OUTAGE_OVER_AFTER
        return monotonic() > over_at


database_outages = Outages()


def tell_unavailable(fault: Exception) -> None:
    """A line for a request that could not be answered; the trace of a database that is away, once for each outage."""
    if isinstance(fault, DATABASE_AWAY) and database_outages.is_first():
        logging.getLogger(__name__).error("database_away", exc_info=fault)  # not structlog's: Sentry hears of it here
    else:
        detail = str(fault.detail) if isinstance(fault, Unavailable) else FAULTS[503][1]
        log.warning("unavailable", detail=detail, reason=type(fault).__name__)


class ExceptionHandler(StandardizedExceptionHandler):
    """The library's shape for what it leaves to Django: bodies that cannot be read, and a database that is away."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, RequestDataTooBig):
            return PayloadTooLarge()
        if isinstance(exc, UNREADABLE):
            return exceptions.ParseError()
        if isinstance(exc, DATABASE_AWAY):
            return Unavailable()
        if isinstance(exc, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
            return _as_401(exc)
        return super().convert_known_exceptions(exc)

    def report_exception(self, exc: exceptions.APIException, response: Response) -> None:
        """A dependency that is away, and said to be, is no fault of this program: a line, not a trace for each call."""
        if isinstance(exc, Unavailable):
            tell_unavailable(self.exc)
        else:
            super().report_exception(exc, response)

    def should_not_handle(self, exc: Exception) -> bool:
        return False  # the library shows tracebacks while DEBUG is on; an API answers the same everywhere

    def convert_unhandled_exceptions(self, exc: Exception) -> exceptions.APIException:
        return exc if isinstance(exc, exceptions.APIException) else exceptions.APIException(detail=FAULTS[500][1])


def _as_401(exc: exceptions.APIException) -> exceptions.APIException:
    """DRF turns 401 into 403 where the first way to sign in is the session, which has no challenge to offer."""
    exc.status_code = status.HTTP_401_UNAUTHORIZED
    exc.auth_header = getattr(exc, "auth_header", None) or 'Bearer realm="api"'
    return exc


def error_response(
    status_code: int, code: str = "", detail: str = "", *, attr: str | None = None, retry_after: int | None = None
) -> HttpResponse:
    """A fault in the API's shape for code that runs outside DRF; code and detail default to the status' own."""
    usual_code, usual_detail = FAULTS.get(status_code, FAULTS[400 if status_code < 500 else 500])
    fault = {"code": code or usual_code, "detail": detail or usual_detail, "attr": attr}
    body = {"type": "client_error" if status_code < 500 else "server_error", "errors": [fault]}
    response = HttpResponse(orjson.dumps(body), content_type="application/json", status=status_code)
    if retry_after is not None or status_code == 503:
        response.headers["Retry-After"] = str(retry_after or RETRY_AFTER)
    return response


def is_api(path: str) -> bool:
    """Whether programs call it: ours, or allauth's."""
    return path.startswith(("/api/", "/_allauth/")) or path == "/api"


def in_api_shape(response: HttpResponse) -> HttpResponse:
    """`response` itself, or, where Django answered a fault with a page (its debug pages too), that fault as JSON."""
    if response.status_code < 400 or response.headers.get("Content-Type", "").startswith("application/json"):
        return response
    fault = error_response(response.status_code)
    for name in ("Allow", "Retry-After", "WWW-Authenticate"):
        if name in response.headers:
            fault.headers[name] = response.headers[name]
    fault.cookies = response.cookies
    return fault


def answer(request: HttpRequest, status_code: int, detail: str = "") -> HttpResponse:
    """The fault as JSON under /api/, else as a page that needs neither session nor database."""
    if is_api(request.path_info):
        return error_response(status_code, detail=detail)
    name = {400: "400", 403: "403", 404: "404", 429: "429"}.get(status_code, "400" if status_code < 500 else "500")
    context = {"status": status_code, "detail": detail, "stylesheet": _stylesheet()}
    page = loader.render_to_string(f"{name}.html", context)
    response = HttpResponse(page, status=status_code)
    if status_code == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _stylesheet() -> str:
    try:
        return static("marquee.css")
    except ValueError:  # not collected: a page about a fault must not have one of its own
        return ""


def handler400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def handler403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 403)


def handler404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 404)


def handler500(request: HttpRequest) -> HttpResponse:
    """The answer to what nobody caught: 503 while the database is away, else 500."""
    return answer(request, 503 if isinstance(sys.exc_info()[1], DATABASE_AWAY) else 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, 403, str(CSRF))
