"""Bodies as a caller sees them, for the OpenAPI document."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

USER = {
    "username": "ann",
    "email": "ann@example.org",
    "display_name": "Ann",
    "joined_at": "2026-11-20T08:15:00Z",
}
PAIR = {"access": "eyJhbGciOiJIUzI1NiIsImtpZCI6Ij...", "refresh": "eyJhbGciOiJIUzI1NiIsImtpZCI6Ij..."}
SIGNED_IN = {"user": USER, **PAIR}
SESSION = {
    "id": "0b6f7b5e-3f0c-4f0e-9a6b-0d8f6f1f2b11",
    "device": "Marquee for Android 1.4",
    "address": "203.0.113.7",
    "created_at": "2026-11-20T08:15:00Z",
    "last_seen_at": "2026-11-24T19:02:11Z",
    "is_current": True,
}
PROFILE = USER | {
    "bio": "Mostly noir.",
    "avatar": "https://movies.example.org/pictures/Jf3Yx0vYVxq9b1k2PzN8eA.webp",
    "region": "FR",
    "language": "fr",
    "follower_count": 12,
    "following_count": 9,
    "erased_from": None,
}
PREFERENCES = {
    "region": "FR",
    "language": "fr",
    "favorite_genres": [18],
    "excluded_genres": [27],
    "streaming_providers": [8, 337],
    "include_adult": False,
    "show_spoilers": False,
    "privacy": {
        "profile": "public",
        "watchlist": "followers",
        "history": "private",
        "favorites": "public",
        "reviews": "public",
    },
}
API_KEY = {
    "id": 3,
    "name": "My calendar",
    "prefix": "kD3x_9",
    "scopes": ["read"],
    "created_at": "2026-11-20T08:15:00Z",
    "expires_at": None,
    "last_used_at": None,
    "former_until": None,
}
EXPORT = {
    "id": 5,
    "state": "ready",
    "created_at": "2026-11-24T19:02:11Z",
    "ready_at": "2026-11-24T19:02:14Z",
    "expires_at": "2026-12-01T19:02:11Z",
    "archive": "https://movies.example.org/api/v1/users/exports/5/archive",
}
NEW_API_KEY = API_KEY | {"key": "mq_1a_kD3x_9..."}


def example(body: Any, name: str, **options: Any) -> OpenApiExample:
    return OpenApiExample(name, body, response_only=True, **options)


def asked_with(body: dict[str, Any], name: str = "What is sent") -> OpenApiExample:
    return OpenApiExample(name, body, request_only=True)
