"""Whom a member hears of, and what of."""

from functools import lru_cache
from typing import NamedTuple

from accounts.models import Privacy, User
from accounts.models.visibility import Viewer
from activity.feed.statements import Somebody, Statement, written

# The columns of a member that may close what others hear of them.
PRIVACY = ("reviews_privacy", "history_privacy", "favorites_privacy")


class Circle(NamedTuple):
    """The ids of all whom the viewer hears of, and of those of them who leave open what a column tells of."""

    members: list[int]
    leaving_open: dict[str, list[int]]

    def hearing(self, privacy: str | None) -> list[int]:
        return self.members if privacy is None else self.leaving_open[privacy]


def circle_of(viewer: Viewer) -> Circle:
    """Those whom the viewer follows and has not muted, whose profile they may read. One query.

    Whoever follows sees what is for followers, so only what is private stays closed.
    """
    rows = _statement(PRIVACY).run(viewer=viewer.pk)
    told = {
        name: [row[0] for row in rows if row[place] != Privacy.PRIVATE] for place, name in enumerate(PRIVACY, start=1)
    }
    return Circle([row[0] for row in rows], told)


@lru_cache
def _statement(privacy: tuple[str, ...]) -> Statement:
    viewer = Somebody()
    followed = User.objects.filter(followed_by__follower=viewer.pk, followed_by__is_accepted=True)
    heard = followed.visible_to(viewer).unmuted_by(viewer).order_by()
    return written(heard.values_list("pk", *privacy))
