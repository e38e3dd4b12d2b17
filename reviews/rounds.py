"""The rounds of reviews, of which the logbook keeps account as of those of the catalogue."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from catalog.sync.logbook import keep_account_of
from catalog.sync.rounds import a_round
from reviews import scores
from reviews.moderation import standing

STANDING, RANKS = "standing", "ranks"
keep_account_of(STANDING, _("Giving members their voice back, counting their ratings again"), timedelta(hours=1))
keep_account_of(RANKS, _("Films ranked by what members rate"), timedelta(hours=4))


def settle_standing(now: datetime) -> None:
    """Lets members speak, and count, again whose suspension is over; nothing where another is at it."""
    with a_round(STANDING) as entry:
        if entry is not None:
            entry.summary = f"{standing.settle(now):,} members judged"


def rank_by_members() -> None:
    """Draws films' scores towards the mean as it is now; nothing where another is at it."""
    with a_round(RANKS) as entry:
        if entry is not None:
            entry.summary = f"{scores.weigh_anew():,} scores moved"
