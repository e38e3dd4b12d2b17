"""The hourly round of accounts, of which the logbook keeps account as of those of the catalogue."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from accounts import erasing, exports, sessions
from catalog.sync.logbook import keep_account_of
from catalog.sync.rounds import a_round

NAME = "tidiness"
keep_account_of(NAME, _("Erasing who left, forgetting old sessions and archives"), timedelta(hours=4))


def tidy_up(now: datetime) -> None:
    """Erases whose time is up, and forgets what has run out; nothing where another is at it."""
    with a_round(NAME) as entry:
        if entry is None:
            return
        erased = erasing.erase_due(now)
        archives = exports.forget_old()
        sessions.forget_old(now)
        entry.summary = f"{erased:,} members erased; {archives:,} archives forgotten"
