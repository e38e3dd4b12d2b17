"""Making a list together: the owner asks, the member accepts or not, and either may end it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from watchlists import notices
from watchlists.models import Collaborator, List, Role

MOST_COLLABORATORS = 50


@transaction.atomic
def invite(made: List, *, member: User, role: str = Role.EDITOR) -> tuple[Collaborator, bool]:
    """Asks the member to share in the list, or gives one who does another role; whether they are asked anew.

    Raises `ValidationError` for the owner, and where there are as many as there may be; `List.DoesNotExist`.
    """
    if member.pk == made.owner_id:
        raise ValidationError({"username": ValidationError(_("This is your own list."), "yourself")})
    made = List.objects.select_for_update(no_key=True).get(pk=made.pk)
    share = made.shares.filter(member=member).first()
    if share:
        share.role = role
        share.save(update_fields=["role"])
        return share, False
    if made.shares.count() >= MOST_COLLABORATORS:
        raise ValidationError(_("As many share in this list as may."), "too_many")
    share = Collaborator.objects.create(list=made, member=member, role=role)
    notices.invited(share)
    return share, True


def accept(share: Collaborator) -> None:
    Collaborator.objects.filter(pk=share.pk, accepted_at=None).update(accepted_at=timezone.now())


def end(share: Collaborator) -> None:
    """The owner's way to be rid of one, and the member's to leave, or not to accept."""
    Collaborator.objects.filter(pk=share.pk).delete()
