"""With whom a member saw a film: other members, who may decline to be named."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.visibility import Viewer, apart, findable, present
from watchlists import notices
from watchlists.models import Companion, Viewing

MOST_COMPANIONS = 20


def members_named(names: Sequence[str], by: User) -> list[User]:
    """Those of these usernames whom the member may name: whom they can find, and not themselves.

    Raises `ValidationError` with the names of which there is none.
    """
    wanted = {name.lower(): name for name in names}
    others = User.objects.findable_by(by).exclude(pk=by.pk).alias(folded=Lower("username"))
    found = {member.username.lower(): member for member in others.filter(folded__in=wanted)}
    if missing := [name for folded, name in wanted.items() if folded not in found]:
        text = _("There is no such member: {}.").format(", ".join(missing))
        raise ValidationError({"companions": ValidationError(text, "unknown")})
    return list(found.values())


def name_companions(viewing: Viewing, members: Iterable[User]) -> None:
    """Names these, and no others, and tells those who were not named before; who has declined stays unnamed."""
    wanted = {member.pk for member in members}
    Companion.objects.filter(viewing=viewing, declined_at=None).exclude(member__in=wanted).delete()
    there = set(Companion.objects.filter(viewing=viewing).values_list("member", flat=True))
    new = sorted(wanted - there)
    Companion.objects.bulk_create(Companion(viewing=viewing, member_id=pk) for pk in new)
    notices.named(viewing, new)


def shown_companions(viewings: Iterable[Viewing], viewer: Viewer) -> QuerySet[Companion]:
    """Those named at the viewings whom the viewer can find."""
    named = Companion.objects.filter(viewing__in=[viewing.pk for viewing in viewings], declined_at=None)
    return named.filter(Q(member=viewer.pk) | findable(viewer, "member")).select_related("member").order_by("pk")


def naming(member: User) -> QuerySet[Companion]:
    """Where others name the member; without whom one of the two blocks."""
    owner = "viewing__user"
    return Companion.objects.filter(present(owner) & ~apart(member, owner), member=member)


def decline(companion: Companion) -> None:
    """The member is named there no more."""
    Companion.objects.filter(pk=companion.pk, declined_at=None).update(declined_at=timezone.now())


def agree(companion: Companion) -> None:
    """Undoes `decline`."""
    Companion.objects.filter(pk=companion.pk).update(declined_at=None)
