"""Bodies as a caller sees them, for the OpenAPI document."""

from accounts.api.people import NAME
from catalog.api.examples import ACTION, REEVES, ROW, WACHOWSKI

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
TAKEN = {"films": 2, "viewings": 3}
STATS = {
    "year": 2026,
    **TAKEN,
    "rewatches": 1,
    "minutes": 408,
    "by_year": [{"year": 2026, **TAKEN, "minutes": 408}],
    "by_month": [{"month": month, "viewings": 3 if month == 11 else 0} for month in range(1, 13)],
    "by_weekday": [{"weekday": day, "viewings": 3 if day == 5 else 0} for day in range(1, 8)],
    "by_genre": [{"genre": ACTION, **TAKEN}],
    "by_decade": [{"decade": 1990, **TAKEN}],
    "by_country": [{"country": "US", **TAKEN}],
    "by_language": [{"language": "en", **TAKEN}],
    "directors": [WACHOWSKI | {"films": 2}],
    "actors": [REEVES | {"films": 2}],
    "most_rewatched": [{"movie": ROW, "plays": 2}],
    "streaks": {
        "days": {"length": 2, "begins_on": "2026-11-19", "ends_on": "2026-11-20"},
        "weeks": {"length": 1, "begins_on": "2026-11-16", "ends_on": "2026-11-22"},
        "current_days": 2,
    },
    "ratings": {
        "count": 1,
        "average": 9.0,
        "histogram": {str(value): int(value == 9) for value in range(1, 11)},
        "community": {
            "compared": 1,
            "mean_difference": 0.4,
            "overrated": [{"movie": ROW, "rating": 9, "mean": 8.6}],
            "underrated": [],
        },
    },
}
