"""Who may see what: one set of rules for members and for whatever belongs to one.

A thing is as open as the narrowest of its owner's profile and of what else tells who may see it. `public` is for
everyone, `followers` for those whom the owner has accepted, friends among them, `private` for the owner alone. Staff
are members here. Between two of whom one blocks the other nothing is to be seen, nor of who has left.
"""

from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices, Value
from django.db.models.constants import LOOKUP_SEP
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from accounts.models.folding import Folded
from accounts.models.people import Block, Follow, Mute

Viewer = AbstractBaseUser | AnonymousUser
LONGEST_USERNAME = 30
# Behind everything that begins with a prefix.
LAST = "\U0010ffff"


class Privacy(TextChoices):
    """Who may see a thing; friends are followers too."""

    PUBLIC = "public", _("Everyone")
    FOLLOWERS = "followers", _("My followers")
    PRIVATE = "private", _("Only me")


def path(owner: str, column: str = "pk") -> str:
    """The way to a column of the owner's; `owner` is empty where the rows are members themselves."""
    return f"{owner}{LOOKUP_SEP}{column}" if owner else column


def present(owner: str) -> Q:
    """The owner is a member who has not left."""
    return Q(**{path(owner, "is_active"): True, path(owner, "erased_from"): None})


def has_blocked(viewer: Viewer, owner: str) -> Exists:
    return Exists(Block.objects.filter(blocker=OuterRef(path(owner)), blocked=viewer.pk))


def is_blocked_by(viewer: Viewer, owner: str) -> Exists:
    return Exists(Block.objects.filter(blocker=viewer.pk, blocked=OuterRef(path(owner))))


def apart(viewer: Viewer, owner: str) -> Q:
    """One of the two blocks the other."""
    return Q(has_blocked(viewer, owner)) | Q(is_blocked_by(viewer, owner))


def visible(viewer: Viewer, owner: str, *privacy: str) -> Q:
    """The owner's, and what the profile and each of `privacy`, paths to columns, leave open to the viewer."""
    columns = (path(owner, "profile_privacy"), *privacy)
    is_public = Q(**dict.fromkeys(columns, Privacy.PUBLIC))
    if viewer.pk is None:
        return present(owner) & is_public
    follows = Exists(Follow.objects.filter(follower=viewer.pk, followed=OuterRef(path(owner)), is_accepted=True))
    is_open = Q(**{f"{column}__in": (Privacy.PUBLIC, Privacy.FOLLOWERS) for column in columns}) & Q(follows)
    return Q(**{path(owner): viewer.pk}) | present(owner) & ~apart(viewer, owner) & (is_public | is_open)


def shown(viewer: Viewer, owner: str) -> Q:
    """The viewer, and every member whose profile is not private and who does not block them: their name at least."""
    others = present(owner) & ~Q(**{path(owner, "profile_privacy"): Privacy.PRIVATE})
    if viewer.pk is None:
        return others
    return Q(**{path(owner): viewer.pk}) | others & ~Q(has_blocked(viewer, owner))


def findable(viewer: Viewer, owner: str) -> Q:
    """Those shown whom the viewer does not block either."""
    others = shown(viewer, owner)
    return others if viewer.pk is None else others & ~Q(is_blocked_by(viewer, owner))


class OwnedQuerySet(QuerySet):
    """Things that belong to a member.

    `owner` is the path to the member, `privacy` the paths to the columns that tell, beside the profile's, who may see
    the thing: `("user__watchlist_privacy",)`, or one of its own.
    """

    owner = "user"
    privacy: tuple[str, ...] = ()

    def visible_to(self, viewer: Viewer) -> Self:
        """What the viewer may see; at the cost of one or two look-ups in indexes for each row."""
        return self.filter(visible(viewer, self.owner, *self.privacy))

    def unmuted_by(self, viewer: Viewer) -> Self:
        """Without what belongs to those whom the viewer would rather not hear of."""
        if viewer.pk is None:
            return self
        return self.exclude(Exists(Mute.objects.filter(muter=viewer.pk, muted=OuterRef(path(self.owner)))))


class UserQuerySet(OwnedQuerySet):
    """Members. `visible_to` gives those whose profile may be read."""

    owner = ""

    def present(self) -> Self:
        """Without who has left, or was put out."""
        return self.filter(present(self.owner))

    def showing(self, column: str, viewer: Viewer) -> Self:
        """Those of whom the viewer may see what that column, such as `reviews_privacy`, says who may."""
        return self.filter(visible(viewer, self.owner, column))

    def shown_to(self, viewer: Viewer) -> Self:
        """Those whose name and picture may be seen: also of a profile for followers, which one may ask to follow."""
        return self.filter(shown(viewer, self.owner))

    def findable_by(self, viewer: Viewer) -> Self:
        """Those shown whom the viewer does not block: whom search finds and lists name."""
        return self.filter(findable(viewer, self.owner))

    def tied_to(self, viewer: Viewer) -> Self:
        """Those shown, and whom the viewer follows, blocks or mutes, or by whom they are followed, or asked."""
        at, me = OuterRef("pk"), viewer.pk
        ties = (
            Follow.objects.filter(Q(follower=me, followed=at) | Q(follower=at, followed=me)),
            Block.objects.filter(blocker=me, blocked=at),
            Mute.objects.filter(muter=me, muted=at),
        )
        return self.filter(shown(viewer, self.owner) | Q(*map(Exists, ties), _connector=Q.OR))

    def named(self, username: str) -> Self:
        """The one of this name, whatever its capitals, by the unique index."""
        if "\x00" in username or len(username) > LONGEST_USERNAME:
            return self.none()
        return self.filter(Exact(Lower("username"), Lower(Value(username))))

    def beginning(self, column: str, prefixes: set[str]) -> Self:
        """Those whose `column` begins with one of the prefixes, in its order."""
        rows = self.alias(folded=Folded(column))
        found = Q()
        for prefix in prefixes:
            found |= Q(folded__gte=prefix, folded__lt=prefix + LAST)
        return rows.filter(found).order_by("folded", "pk")
