"""Bodies as a caller sees them, for the OpenAPI document."""

from accounts.api.people import NAME
from catalog.api.examples import ROW

RATED = {
    "id": "rating:bob:82945",
    "kind": "rating",
    "at": "2026-11-20T19:40:00Z",
    "user": NAME,
    "count": 12,
    "movies": [ROW | {"rating": 9}],
    "rating": None,
    "review": None,
    "list": None,
    "members": [],
}
REVIEWED = RATED | {
    "id": "review:bob:82944:41",
    "kind": "review",
    "count": 1,
    "rating": 9,
    "review": {
        "id": 41,
        "excerpt": "The lobby alone is worth it.",
        "contains_spoilers": False,
        "like_count": 3,
        "comment_count": 1,
    },
}
