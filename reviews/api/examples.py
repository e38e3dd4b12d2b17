"""Bodies as a caller sees them, for the OpenAPI document."""

from catalog.api.examples import REFERENCE

BOB = {
    "username": "bob",
    "display_name": "Bob",
    "avatar": "https://movies.example.org/pictures/Jf3Yx0vYVxq9b1k2PzN8eA.webp",
}
REVIEW = {
    "id": 12,
    "movie": REFERENCE,
    "author": BOB,
    "rating": 9,
    "body": "Still *fast*. >!He is the one.!<",
    "html": '<p>Still <em>fast</em>. <span class="spoiler">He is the one.</span></p>\n',
    "contains_spoilers": False,
    "language": "en",
    "status": "published",
    "created_at": "2026-11-20T08:15:00Z",
    "published_at": "2026-11-20T08:15:00Z",
    "edited_at": None,
    "like_count": 3,
    "comment_count": 1,
    "liked": True,
}
WRITTEN = {"body": "Still *fast*. >!He is the one.!<", "contains_spoilers": False, "language": "en", "rating": 9}
REVISION = {"body": "Fast.", "contains_spoilers": False, "saved_at": "2026-11-21T10:00:00Z"}
COMMENT = {
    "id": 40,
    "review_id": 12,
    "parent_id": None,
    "author": BOB,
    "body": "@ann, so it is.",
    "html": '<p><a href="/members/ann" class="mention" rel="nofollow ugc noopener">@ann</a>, so it is.</p>\n',
    "status": "published",
    "created_at": "2026-11-20T09:00:00Z",
    "edited_at": None,
}
DISTRIBUTION = {"1": 0, "2": 0, "3": 1, "4": 0, "5": 2, "6": 3, "7": 6, "8": 11, "9": 10, "10": 8}
RATINGS = {"average": 7.98, "count": 41, "weighted": 7.412, "distribution": DISTRIBUTION, "mine": 9}
RATING = {"movie": REFERENCE, "value": 9, "rated_at": "2026-11-20T08:15:00Z"}
