"""What members are told of: who names them at a viewing, and who asks them to share in a list."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Block, Mute, User
from notifications import wording
from notifications.services import notify
from watchlists.models import Collaborator, Viewing

COMPANION, INVITATION = "companion", "list_invitation"


def learn() -> None:
    """Registers how they are worded."""
    wording.tell(COMPANION, text=_("{username} saw {title} with you."), url="/members/{username}/diary")
    wording.tell(INVITATION, text=_("{username} asks you to share in the list {name}."), url="/lists/{list_id}")


def named(viewing: Viewing, member_ids: Iterable[int]) -> None:
    data = {"viewing_id": viewing.pk, "movie_id": viewing.movie_id, "title": viewing.movie.title}
    for member_id in member_ids:
        _tell(member_id, viewing.user, COMPANION, data, f"companion:{viewing.pk}")


def invited(share: Collaborator) -> None:
    made = share.list
    data = {"list_id": made.pk, "name": made.name, "role": share.role}
    _tell(share.member_id, made.owner, INVITATION, data, f"list:{made.pk}:{share.pk}")


def _tell(recipient_id: int, sender: User, kind: str, data: dict[str, Any], key: str) -> None:
    """Not across a block, nor to one who would rather not hear of the sender."""
    apart = Q(blocker=recipient_id, blocked=sender) | Q(blocker=sender, blocked=recipient_id)
    muted = Mute.objects.filter(muter=recipient_id, muted=sender)
    if not Block.objects.filter(apart).exists() and not muted.exists():
        notify(recipient=recipient_id, kind=kind, data=data, key=key, sender=sender)
