"""What every operation of the document tells beside its own: its faults, its request id, its limit."""

from typing import Any

from drf_spectacular.plumbing import force_instance
from drf_spectacular.utils import Direction, OpenApiExample, OpenApiResponse
from drf_standardized_errors.openapi import AutoSchema as StandardizedAutoSchema
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import AllowAny

from web.cached import Rule
from web.text_schema import tell_of_text

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE")
WITH_BODY = ("POST", "PUT", "PATCH")
MEANING = {
    "400": ("A parameter or the body is not what it must be.", "invalid", "Must be a whole number from 1 to 100."),
    "401": ("Nobody is known to be asking.", "not_authenticated", "Authentication credentials were not provided."),
    "403": ("The caller may not do this.", "permission_denied", "You do not have permission to perform this action."),
    "404": ("It is not there, or not for the caller to see.", "not_found", "Not found."),
    "413": ("The body is larger than is read.", "payload_too_large", "The body of the request is too large."),
    "415": ("The body is not JSON.", "unsupported_media_type", 'Unsupported media type "text/plain" in request.'),
    "429": ("Too many calls.", "throttled", "Request was throttled. Expected available in 42 seconds."),
    "503": ("A dependency is away.", "unavailable", "A part of this service is away. Try again shortly."),
}


def in_order(endpoints: list[tuple[str, str, str, Any]]) -> list[tuple[str, str, str, Any]]:
    """The paths as `config.api` has them, the methods of each in the usual order: the library leaves it to chance."""
    places = {path: place for place, path in enumerate(dict.fromkeys(path for path, *_ in endpoints))}
    return sorted(endpoints, key=lambda endpoint: (places[endpoint[0]], METHODS.index(endpoint[2])))


class FaultSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="What went wrong, for a program.")
    detail = serializers.CharField(help_text="What went wrong, for a person.")
    attr = serializers.CharField(allow_null=True, help_text="The parameter or field at fault, where one is.")


class InvalidRequestSerializer(serializers.Serializer):
    type = serializers.ChoiceField(["validation_error", "client_error"])
    errors = FaultSerializer(many=True)


class ClientErrorSerializer(serializers.Serializer):
    type = serializers.ChoiceField(["client_error"])
    errors = FaultSerializer(many=True)


class ServerErrorSerializer(serializers.Serializer):
    type = serializers.ChoiceField(["server_error"])
    errors = FaultSerializer(many=True)


def fault_response(status_code: str) -> OpenApiResponse:
    """The documented answer for a fault of this status, with an example."""
    description, code, detail = MEANING[status_code]
    kind, serializer = ("client_error", ClientErrorSerializer)
    if status_code == "400":
        kind, serializer = ("validation_error", InvalidRequestSerializer)
    elif status_code >= "500":
        kind, serializer = ("server_error", ServerErrorSerializer)
    fault = {"code": code, "detail": detail, "attr": "page_size" if status_code == "400" else None}
    example = OpenApiExample(code, {"type": kind, "errors": [fault]}, response_only=True, status_codes=[status_code])
    return OpenApiResponse(serializer, description, [example])


def header(description: str, example: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}, "example": example}


REQUEST_ID = {
    "X-Request-ID": header("The caller's own, or a new one; it stands in every log line.", "5f1f2c9e7a5d4f0b")
}
RETRY_AFTER = {"Retry-After": header("Seconds after which to try again.", "42")}
RATE_LIMIT = {
    "RateLimit-Policy": header("The limit: calls (q) in so many seconds (w).", '"anon";q=1000;w=60'),
    "RateLimit": header("Calls left (r), and seconds until more come back (t).", '"anon";r=999;t=60'),
}


KEPT = {
    "ETag": header("Names this very answer; send it back in If-None-Match.", 'W/"c71ee43c180e0fd1c36680b1"'),
    "Cache-Control": header("How long to keep it without asking.", "public, max-age=60"),
}
IN_A_LANGUAGE = {
    "Content-Language": header("The language chosen for the reader, BCP 47; what is not held in it is English.", "fr"),
    "Vary": header("That the language may be asked for by a header.", "Accept-Encoding, Accept-Language"),
}
UNCHANGED = {"description": "What If-None-Match named is still the answer; there is no body."}


class AutoSchema(StandardizedAutoSchema):
    """The library's choice of faults, in three schemas instead of one for each field of each operation."""

    def get_operation(self, *args: Any, **options: Any) -> dict[str, Any] | None:
        """The library's operation, where a success has words too, and a kept read tells of its 304."""
        operation = super().get_operation(*args, **options)
        success = operation["responses"].get("200") if operation else None
        if success:
            success["description"] = success.get("description") or "As asked for."
            if self.rule():
                operation["responses"]["304"] = UNCHANGED
        return operation

    def _map_basic_serializer(self, serializer: Any, direction: Direction) -> dict[str, Any]:
        schema = super()._map_basic_serializer(serializer, direction)
        if direction == "request":
            tell_of_text(force_instance(serializer), schema)
        return schema

    def get_override_parameters(self) -> list[Any]:
        """The library's, and those that the view's every operation takes."""
        return [*super().get_override_parameters(), *getattr(self.view, "shared_parameters", list)()]

    def rule(self) -> Rule | None:
        """How the operation's answers are kept; None where they are not."""
        return getattr(self.view, "cached", {}).get(getattr(self.view, "action", None))

    def get_auth(self) -> list[dict[str, Any]]:
        """What must be shown; nothing where nothing is, since `{}` alone makes generated clients ask for a token."""
        required = super().get_auth()
        return [] if required == [{}] else required

    def _get_allowed_error_status_codes(self) -> list[str]:
        return list(MEANING)

    def _should_add_error_response(self, responses: dict, status_code: str) -> bool:
        if status_code in {"413", "415"}:
            return self.method in WITH_BODY and status_code not in responses
        return super()._should_add_error_response(responses, status_code)

    def _should_add_http401_error_response(self) -> bool:
        is_open = all(isinstance(permission, AllowAny) for permission in self.view.get_permissions())
        has_tokens = any(not isinstance(way, SessionAuthentication) for way in self.view.get_authenticators())
        # At a door one need not be known, and is turned away by what one sends.
        is_door = getattr(self.view, "is_door", False)
        return is_door or ((has_tokens or not is_open) and super()._should_add_http401_error_response())

    def _should_add_http403_error_response(self) -> bool:
        """Also where a way to say who one is lets some only read."""
        may_refuse = any(getattr(way, "may_only_read", False) for way in self.view.get_authenticators())
        is_refused = getattr(self.view, "is_door", False) or (may_refuse and self.method not in {"GET", "HEAD"})
        return is_refused or super()._should_add_http403_error_response()

    def _get_error_response_serializer(self, status_code: str) -> OpenApiResponse:
        return fault_response(status_code)

    def _get_error_response_examples(self) -> list[OpenApiExample]:
        return []

    def _get_response_headers_for_code(self, status_code: str, direction: str = "response") -> dict[str, Any]:
        headers = super()._get_response_headers_for_code(status_code, direction)
        if direction != "response":
            return headers
        limits = RATE_LIMIT if self.view.get_throttles() and status_code[0] == "2" else {}
        if status_code == "200" and (rule := self.rule()):
            limits = limits | KEPT | (IN_A_LANGUAGE if rule.language else {})
        return REQUEST_ID | limits | (RETRY_AFTER if status_code in {"429", "503"} else {}) | headers
