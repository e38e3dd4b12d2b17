"""Whom a member hears of."""

from functools import lru_cache

from django.db.models import Exists, OuterRef

from accounts.models import Follow, Mute
from accounts.models.visibility import Viewer
from activity.statements import Somebody, Statement, written


def circle_of(viewer: Viewer) -> list[int]:
    """The ids of those whom the viewer follows and has not muted. Whether anything of theirs may be told is no question
    here: each table answers that, of what is on a page.
    """
    return [pk for (pk,) in _statement().run(viewer=viewer.pk)]


@lru_cache
def _statement() -> Statement:
    viewer = Somebody()
    muted = Mute.objects.filter(muter=viewer.pk, muted=OuterRef("followed"))
    heard = Follow.objects.filter(follower=viewer.pk, is_accepted__in=(True,)).exclude(Exists(muted))
    return written(heard.order_by().values_list("followed_id"))
