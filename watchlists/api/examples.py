"""Bodies as a caller sees them, for the OpenAPI document."""

from catalog.api.examples import ROW

NAME = {
    "username": "bob",
    "display_name": "Bob",
    "avatar": "https://movies.example.org/pictures/Jf3Yx0vYVxq9b1k2PzN8eA.webp",
}
SEEN_ENTRY = {"movie": ROW, "added_at": "2026-11-20T08:15:00Z", "watched": False, "watched_at": None}
ENTRY = SEEN_ENTRY | {"note": "Bob says it is better than the second.", "priority": 2}
FAVORITE = {"movie": ROW, "added_at": "2026-11-20T08:15:00Z", "top": True}
SEEN_VIEWING = {
    "id": 17,
    "movie": ROW,
    "watched_on": "2026-11-01",
    "precision": "month",
    "rewatch": True,
    "rating": 9,
    "tags": ["cinema", "with friends"],
    "companions": [NAME],
    "created_at": "2026-11-20T08:15:00Z",
}
VIEWING = SEEN_VIEWING | {"note": "The sound was too loud.", "source": "manual", "external_id": ""}
COMPANIONSHIP = {
    "viewing_id": 17,
    "movie": ROW,
    "member": NAME,
    "watched_on": "2026-11-01",
    "precision": "month",
    "declined": False,
}
LIST = {
    "id": 4,
    "name": "Machines that dream",
    "description": "",
    "ranked": True,
    "visibility": "link",
    "owner": NAME,
    "item_count": 100,
    "cloned_from": None,
    "role": "owner",
    "accepted": True,
    "key": "pS3c9m0w2bG1fYb6kV8x0Q",
    "created_at": "2026-11-20T08:15:00Z",
    "updated_at": "2026-11-24T19:02:11Z",
}
LIST_WITH_PROGRESS = LIST | {"progress": {"seen": 61, "total": 100}}
ITEM = {
    "rank": 1,
    "movie": ROW,
    "note": "The first, still.",
    "added_at": "2026-11-20T08:15:00Z",
    "added_by": NAME,
    "seen": True,
}
COLLABORATOR = NAME | {
    "role": "editor",
    "invited_at": "2026-11-20T08:15:00Z",
    "accepted_at": "2026-11-20T09:00:00Z",
}
RESULTS = {
    "results": [
        {"movie_id": 603, "result": "added"},
        {"movie_id": 604, "result": "already"},
        {"movie_id": 605, "result": "removed"},
    ]
}
