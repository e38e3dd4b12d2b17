"""What members change of themselves."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import people, pictures, sessions
from accounts.identity import tell_changed
from accounts.models import DataExport, Privacy, User
from accounts.tasks import make_export

KEPT = timedelta(days=7)
# One that waits for longer was lost with its worker.
LOST_AFTER = timedelta(hours=1)
LISTS = ("favorite_genres", "excluded_genres", "streaming_providers")
# In which leaving can be undone.
GRACE = timedelta(days=14)


@transaction.atomic
def change(user: User, **values: Any) -> User:
    """Sets the columns and the lists that are named, and gives the member as they are then.

    Of a profile that becomes public nobody waits to be a follower.
    """
    lists = {name: values.pop(name) for name in LISTS if name in values}
    if values.get("profile_privacy") == Privacy.PUBLIC:
        people.accept_all_waiting(user)
    if "avatar" in values:
        values["avatar"] = pictures.keep(user, values["avatar"])
    if values:
        User.objects.filter(pk=user.pk).update(**values)
    for name, ids in lists.items():
        getattr(user, name).set(ids)
    tell_changed(user)
    return User.objects.get(pk=user.pk)


@transaction.atomic
def leave(user: User) -> User:
    """Hides the member from others, and has them erased after `GRACE`; every session ends."""
    if user.is_superuser and not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk).exists():
        raise ValidationError(_("You are the last who runs this place. Appoint another first."), "last_of_staff")
    sessions.end_all(user)
    return change(user, erased_from=timezone.now() + GRACE)


def stay(user: User) -> User:
    """Undoes `leave`."""
    return change(user, erased_from=None)


def ask_for_export(user: User) -> DataExport:
    """A new export, or the one that is being made already."""
    now = timezone.now()
    waiting = DataExport.objects.filter(user=user, state=DataExport.State.WAITING)
    waiting.filter(created_at__lt=now - LOST_AFTER).update(state=DataExport.State.FAILED)
    try:
        with transaction.atomic():
            export = DataExport.objects.create(user=user, expires_at=now + KEPT)
    except IntegrityError:
        return waiting.get()
    transaction.on_commit(lambda: make_export.delay(export.pk))
    return export
