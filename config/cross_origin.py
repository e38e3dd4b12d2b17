"""What pages of other origins may call, send and read, of those that `CORS_ALLOWED_ORIGINS` lets in."""

from corsheaders.defaults import default_headers

SETTINGS = {
    "CORS_URLS_REGEX": r"^/(api|_allauth)/",
    "CORS_ALLOW_HEADERS": [*default_headers, "x-session-token"],
    "CORS_EXPOSE_HEADERS": ["ETag", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID"],
}
