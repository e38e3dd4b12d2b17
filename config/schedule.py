"""What the worker does by itself, and when."""

from datetime import timedelta

# A round that waited for a worker longer than until the next one is left out.
SCHEDULE = {
    "charts": {
        "task": "catalog.tasks.refresh_charts",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "stale films": {
        "task": "catalog.tasks.refresh_stale",
        "schedule": timedelta(minutes=15),
        "options": {"expires": 900},
    },
    "reference": {
        "task": "catalog.tasks.refresh_reference",
        "schedule": timedelta(days=7),
        "options": {"expires": 86_400},
    },
}
