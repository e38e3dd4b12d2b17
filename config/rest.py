"""How the API's framework is set up."""

from typing import Any

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.TokenAuthentication",
        "accounts.authentication.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["web.rendering.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["web.rendering.JSONParser"],
    "DEFAULT_METADATA_CLASS": "web.rendering.Metadata",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "web.rendering.AlwaysJSON",
    "DEFAULT_PAGINATION_CLASS": "web.pagination.PageNumberPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_THROTTLE_CLASSES": ["web.throttling.CallerThrottle"],
    "DEFAULT_SCHEMA_CLASS": "web.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
