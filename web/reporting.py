"""Errors sent to Sentry, where an operator gave an address, without anything about who met them."""

from importlib import import_module
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from web.redaction import redact

LEFT_OUT = frozenset({"data", "cookies", "query_string", "env"})
HEADERS_KEPT = frozenset({"accept", "accept-encoding", "content-length", "content-type", "host", "user-agent"})


def start_error_reporting(dsn: str) -> None:
    """Starts Sentry with its Django and Celery integrations; without a `dsn` its 20 MB are not even loaded.

    Raises `ImproperlyConfigured` where the `dsn` is none.
    """
    if not dsn:
        return
    try:
        import_module("sentry_sdk.utils").Dsn(dsn)
    except ValueError:
        raise ImproperlyConfigured("SENTRY_DSN must be like https://key@host/project") from None  # it holds a key
    start_sentry(dsn)


def start_sentry(dsn: str) -> None:
    integrations = "sentry_sdk.integrations"
    import_module("sentry_sdk").init(
        dsn=dsn,
        integrations=[
            import_module(f"{integrations}.django").DjangoIntegration(),
            import_module(f"{integrations}.celery").CeleryIntegration(),
        ],
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        traces_sample_rate=0.0,
        before_send=scrubbed,
        before_breadcrumb=lambda crumb, hint: redact(crumb),
    )


def scrubbed(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """The event without user, query string, body, cookies, and every secret or e-mail address elsewhere in it."""
    event.pop("user", None)
    request = {name: part for name, part in event.pop("request", {}).items() if name not in LEFT_OUT}
    if "url" in request:
        request["url"] = request["url"].partition("?")[0]
    if "headers" in request:
        request["headers"] = {name: text for name, text in request["headers"].items() if name.lower() in HEADERS_KEPT}
    if request:
        event["request"] = request
    return redact(event, depth=20)
