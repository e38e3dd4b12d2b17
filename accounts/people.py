"""What members do to one another: follow, block, mute.

Whoever ties two, or moves a count, has the rows of both locked, the lower id first: what is done at once waits for its
turn, and no two wait for each other. A count moves with the rows of `Follow` that became accepted, or ceased to be.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Block, Follow, Mute, Privacy, User

YOURSELF = _("This is you.")
BLOCKED = _("You block them; end that first.")


@transaction.atomic
def follow(*, follower: User, followed: User) -> Follow:
    """Makes `follower` follow `followed`: at once where that profile is public, else when it is accepted.

    Raises `User.DoesNotExist` where they may not know of that profile, `ValidationError` for oneself and for one whom
    one blocks.
    """
    _lock_pair(follower, followed)
    profile = User.objects.shown_to(follower).get(pk=followed.pk)
    if Block.objects.filter(blocker=follower, blocked=followed).exists():
        raise ValidationError(BLOCKED, "blocked")
    is_accepted = profile.profile_privacy == Privacy.PUBLIC
    tie, is_new = Follow.objects.get_or_create(
        follower=follower, followed=followed, defaults={"is_accepted": is_accepted}
    )
    if is_new and is_accepted:
        _count(follower, followed, 1)
    elif is_accepted and not tie.is_accepted:
        return accept(follower=follower, followed=followed)
    return tie


@transaction.atomic
def unfollow(*, follower: User, followed: User) -> None:
    """Ends the follow, or takes back the request; also how `followed` is rid of a follower."""
    _lock_pair(follower, followed)
    _end(follower, followed)


@transaction.atomic
def accept(*, follower: User, followed: User) -> Follow:
    """Lets who asked to follow do so. Raises `Follow.DoesNotExist` where nobody did."""
    _lock_pair(follower, followed)
    tie = Follow.objects.get(follower=follower, followed=followed)
    if not tie.is_accepted:
        tie.is_accepted, tie.created_at = True, timezone.now()
        tie.save(update_fields=["is_accepted", "created_at"])
        _count(follower, followed, 1)
    return tie


@transaction.atomic
def refuse(*, follower: User, followed: User) -> None:
    """Ends a request; one who follows already goes on."""
    _lock_pair(follower, followed)
    Follow.objects.filter(follower=follower, followed=followed, is_accepted=False).delete()


@transaction.atomic
def block(*, blocker: User, blocked: User) -> Block:
    """Hides the two from each other; neither follows the other any more."""
    _lock_pair(blocker, blocked)
    _end(blocker, blocked)
    _end(blocked, blocker)
    return Block.objects.get_or_create(blocker=blocker, blocked=blocked)[0]


def unblock(*, blocker: User, blocked: User) -> None:
    """Ends the block; who followed whom before is not brought back."""
    Block.objects.filter(blocker=blocker, blocked=blocked).delete()


@transaction.atomic
def mute(*, muter: User, muted: User) -> Mute:
    _lock_pair(muter, muted)
    return Mute.objects.get_or_create(muter=muter, muted=muted)[0]


def unmute(*, muter: User, muted: User) -> None:
    Mute.objects.filter(muter=muter, muted=muted).delete()


@transaction.atomic
def accept_all_waiting(user: User) -> int:
    """Accepts whoever waits to follow, as when the profile becomes public; how many that were.

    To be called before the row of `user` is written in the same transaction, since it locks rows in their order.
    """
    waiting = Follow.objects.filter(followed=user, is_accepted=False)
    _lock_ends(user, waiting)
    User.objects.filter(pk__in=waiting.values("follower")).update(following_count=F("following_count") + 1)
    accepted = waiting.update(is_accepted=True, created_at=timezone.now())
    User.objects.filter(pk=user.pk).update(follower_count=F("follower_count") + accepted)
    return accepted


@transaction.atomic
def part_from_all(user: User) -> None:
    """Ends every follow of and by a member who is to be erased, so that the counts of the others stay right.

    To be called before the row of `user` is written in the same transaction, since it locks rows in their order.
    """
    ties = Follow.objects.filter(Q(follower=user) | Q(followed=user))
    _lock_ends(user, ties)
    followers = ties.filter(followed=user, is_accepted=True).values("follower")
    following = ties.filter(follower=user, is_accepted=True).values("followed")
    User.objects.filter(pk__in=followers).update(following_count=_moved("following_count", -1))
    User.objects.filter(pk__in=following).update(follower_count=_moved("follower_count", -1))
    ties.delete()
    User.objects.filter(pk=user.pk).update(follower_count=0, following_count=0)


def _lock_pair(one: User, other: User) -> None:
    if one.pk == other.pk:
        raise ValidationError(YOURSELF, "yourself")
    if len(_lock(Q(pk__in=(one.pk, other.pk)))) < 2:
        raise User.DoesNotExist


def _lock_ends(user: User, ties: QuerySet[Follow]) -> None:
    """Locks the member and whoever is at the other end of `ties`; anew where one more came while it waited."""
    ends = Q(pk=user.pk) | Q(pk__in=ties.values("follower")) | Q(pk__in=ties.values("followed"))
    while True:
        with transaction.atomic():
            locked = _lock(ends)
            if locked.issuperset(User.objects.filter(ends).values_list("pk", flat=True)):
                return
            transaction.set_rollback(True)  # to this savepoint, which gives the locks back


def _lock(members: Q) -> set[int]:
    """Keeps the members' rows from being written until the transaction ends; rows that refer to them may come."""
    rows = User.objects.select_for_update(no_key=True).filter(members).order_by("pk")
    return set(rows.values_list("pk", flat=True))


def _end(follower: User, followed: User) -> None:
    tie = Follow.objects.filter(follower=follower, followed=followed)
    was_accepted = tie.filter(is_accepted=True).exists()
    if tie.delete()[0] and was_accepted:
        _count(follower, followed, -1)


def _count(follower: User, followed: User, by: int) -> None:
    User.objects.filter(pk=follower.pk).update(following_count=_moved("following_count", by))
    User.objects.filter(pk=followed.pk).update(follower_count=_moved("follower_count", by))


def _moved(column: str, by: int) -> Greatest:
    """A count that somebody's hand made too small must not keep anyone from blocking another."""
    return Greatest(F(column) + by, 0)
