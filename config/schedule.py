"""What the worker does by itself, and when. The names are those under which the rounds are kept account of."""

from datetime import timedelta

from celery.schedules import crontab

# A round that waited for a worker longer than until the next one is left out.
SCHEDULE = {
    # Each lasts a quarter of an hour at the most: one that is due while another is under way is left out.
    "details": {
        "task": "catalog.tasks.refresh_details",
        "schedule": timedelta(minutes=5),
        "options": {"expires": 300},
    },
    "charts": {
        "task": "catalog.tasks.refresh_charts",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "changes": {
        "task": "catalog.tasks.refresh_changes",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    # TMDB's own is ready at eight.
    "export": {
        "task": "catalog.tasks.take_in_export",
        "schedule": crontab(minute=30, hour=8),
        "options": {"expires": 86_400},
    },
    "suspects": {
        "task": "catalog.tasks.check_suspects",
        "schedule": crontab(minute=0),
        "options": {"expires": 3600},
    },
    "search": {
        "task": "catalog.tasks.refresh_search",
        "schedule": crontab(minute=30, hour=9),
        "options": {"expires": 86_400},
    },
    "reference": {
        "task": "catalog.tasks.refresh_reference",
        "schedule": crontab(minute=20, hour=4, day_of_week="mon"),
        "options": {"expires": 86_400},
    },
    # Of accounts: erases who left, and forgets what has run out.
    "tidiness": {
        "task": "accounts.tasks.tidy_up",
        "schedule": crontab(minute=10),
        "options": {"expires": 3600},
    },
    # Of reviews: lets members speak, and count, again whose suspension is over.
    "standing": {
        "task": "reviews.tasks.settle_standing",
        "schedule": timedelta(minutes=5),
        "options": {"expires": 300},
    },
    # Of reviews: what films are ranked by, from what members rate.
    "ranks": {
        "task": "reviews.tasks.rank_by_members",
        "schedule": crontab(minute=40),
        "options": {"expires": 3600},
    },
    "retention": {
        "task": "catalog.tasks.forget_old",
        "schedule": crontab(minute=50, hour=4),
        "options": {"expires": 86_400},
    },
}
