"""How the OpenAPI document is made."""

from typing import Any

VERSION = "0.1.0"
DESCRIPTION = """
The movie platform that you can own. Everything here is read from this site's own database, which mirrors TMDB's.

* A movie's id is its TMDB id; so are the ids of people, genres, collections and streaming providers.
* Lists are `{count, next, previous, results}`; `count` is exact up to 10,000, and pages reach as far.
* Faults are `{type, errors: [{code, detail, attr}]}`, whatever went wrong.
* A bad value is a `400` that names it. Parameters and fields that an operation does not list are passed over.
* `RateLimit` and `RateLimit-Policy` tell what you may still ask; a `429` says in `Retry-After` when to come back.
* Every response carries `X-Request-ID`; name it when you report a fault.
* Reads carry an `ETag`: send it back in `If-None-Match`, and an unchanged answer is an empty `304`.

This product uses the TMDB API but is not endorsed or certified by TMDB. Streaming data is JustWatch's.
"""

SPECTACULAR: dict[str, Any] = {
    "TITLE": "Marquee",
    "DESCRIPTION": DESCRIPTION.strip(),
    "VERSION": VERSION,
    "OAS_VERSION": "3.1.0",
    "LICENSE": {"name": "MIT", "identifier": "MIT"},
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "CreditKind": "catalog.models.people.Credit.Kind",
        "ReviewStatus": "reviews.models.standing.Status",
        "WrittenStatus": [("draft", "draft"), ("published", "published")],
        "CommentStatus": [(name, name) for name in ("published", "held", "hidden", "removed")],
        "Audience": "accounts.models.users.Privacy",
        "CollaboratorRole": [("editor", "editor"), ("viewer", "viewer")],
        "ListRole": [("owner", "owner"), ("editor", "editor"), ("viewer", "viewer")],
        "InvalidRequestType": [("validation_error", "validation_error"), ("client_error", "client_error")],
    },
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SORT_OPERATIONS": False,
    "PREPROCESSING_HOOKS": ["web.openapi.in_order"],
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "web.shared_parts.share"],
    "TAGS": [
        {"name": "auth", "description": "Sign up, in, on and out."},
        {"name": "users", "description": "What is the caller's own."},
        {"name": "profiles", "description": "Members, as others see them, and what they are to one another."},
        {"name": "reviews", "description": "What members give films and write about them, and say to that."},
        {"name": "notifications", "description": "What one is told."},
        {"name": "movies", "description": "Browse, search and read films."},
        {"name": "people", "description": "Those who made them."},
        {"name": "streaming", "description": "Where they stream, from JustWatch by way of TMDB."},
        {"name": "reference", "description": "What the other calls refer to."},
    ],
}
