"""What machines ask of the server itself: is it there, is it ready, how is it doing."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from web import health
from web.errors import RETRY_AFTER, error_response
from web.metrics import exposition

NOT_KEPT = {"Cache-Control": "no-store"}


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; it asks nothing of anybody."""
    return JsonResponse({"status": "ok"}, headers=NOT_KEPT)


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when database, cache, broker and migrations are there, else 503 and which is not."""
    is_ready, details = health.report()
    body = {"status": "ok" if is_ready else "unavailable"} | details
    if is_ready:
        return JsonResponse(body, headers=NOT_KEPT)
    return JsonResponse(body, status=503, headers=NOT_KEPT | {"Retry-After": str(RETRY_AFTER)})


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text for staff, and for a scraper that shows `METRICS_TOKEN`."""
    if not (_shows_token(request) or _is_staff(request)):
        return error_response(403, detail="Metrics are for staff, and for who shows METRICS_TOKEN as a bearer token.")
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_PLAIN_0_0_4, headers=NOT_KEPT)


def _shows_token(request: HttpRequest) -> bool:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    given = token.strip() if kind.lower() == "bearer" else ""
    return bool(settings.METRICS_TOKEN) and constant_time_compare(given, settings.METRICS_TOKEN)


def _is_staff(request: HttpRequest) -> bool:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.is_active and request.user.is_staff
