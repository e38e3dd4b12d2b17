"""Whether a member may speak and whether their ratings count, as the decisions about them say, and as time passes."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts import suspension
from accounts.models import User
from reviews import scores
from reviews.models import Decision, Rating

Kind = Decision.Kind
# In one round, so that it ends; the next goes on.
MOST = 1_000


@transaction.atomic
def judge(member: User) -> None:
    """Lets the member speak, sign in, and count, or not, as the standing decisions say."""
    standing = Decision.objects.standing().filter(member=member)
    until = standing.filter(kind=Kind.SUSPEND, until__gt=timezone.now()).aggregate(last=Max("until"))["last"]
    if until != member.suspended_until:
        suspension.suspend(member, until)
    if member.is_active and is_banned(member):
        suspension.shut_out(member)
    (scores.count_in if member.is_active and not until else scores.count_out)(member)


def is_banned(member: User) -> bool:
    return Decision.objects.standing().filter(member=member, kind=Kind.BAN).exists()


def settle(now: datetime) -> int:
    """Judges those whose suspension is over, and who was shut out or let in by hand; gives how many."""
    members = list(_unsettled(now)[:MOST])
    for member in members:
        judge(member)
    return len(members)


def _unsettled(now: datetime) -> QuerySet[User]:
    own = Rating.objects.filter(user=OuterRef("pk"))
    shut_out = Q(is_active=False) & Exists(own.filter(is_counted=True))
    is_left_out = Q(pk__in=Rating.objects.filter(is_counted=False).values("user"))
    back = Q(is_active=True, suspended_until=None) & is_left_out
    over = Q(suspended_until__lte=now)
    return User.objects.filter(over | shut_out | back).order_by("pk")
