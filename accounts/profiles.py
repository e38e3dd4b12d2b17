"""Members as others see them: found by name, and in lists of who follows whom."""

from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from accounts.models import Block, Follow, Mute, User
from accounts.models.visibility import Viewer, findable, has_blocked, path, present, visible

# So many are looked at, and found, at the most.
MOST_FOUND = 200
NEWEST = ("-created_at", "-id")
# SQLite finds these in an index; of Django's bare `WHERE is_accepted` it would sort all rows.
ACCEPTED, WAITING = {"is_accepted__in": (True,)}, {"is_accepted__in": (False,)}
CARD = ("username", "display_name", "avatar", "profile_privacy", "follower_count", "following_count")


def with_relation(rows: QuerySet, viewer: Viewer, person: str = "") -> QuerySet:
    """Each row with what the viewer and the member at `person` are to each other; nothing where nobody is known.

    `viewer_follows` and `follows_viewer` are True where accepted, False while waiting, else None.
    """
    if viewer.pk is None:
        return rows
    me, them = viewer.pk, OuterRef(path(person))
    return rows.annotate(
        viewer_follows=Subquery(Follow.objects.filter(follower=me, followed=them).values("is_accepted")[:1]),
        follows_viewer=Subquery(Follow.objects.filter(follower=them, followed=me).values("is_accepted")[:1]),
        viewer_mutes=Exists(Mute.objects.filter(muter=me, muted=them)),
        viewer_blocks=Exists(Block.objects.filter(blocker=me, blocked=them)),
    )


def profiles(viewer: Viewer) -> QuerySet[User]:
    """Those shown to the viewer; `is_open` where the whole profile is."""
    is_open = ExpressionWrapper(visible(viewer, ""), BooleanField())
    return with_relation(User.objects.shown_to(viewer).annotate(is_open=is_open), viewer)


def followers_of(user: User, viewer: Viewer) -> QuerySet[Follow]:
    return _cards(Follow.objects.filter(**ACCEPTED, followed=user), "follower", viewer, is_own=user.pk == viewer.pk)


def following_of(user: User, viewer: Viewer) -> QuerySet[Follow]:
    return _cards(Follow.objects.filter(**ACCEPTED, follower=user), "followed", viewer, is_own=user.pk == viewer.pk)


def friends_of(user: User, viewer: Viewer) -> QuerySet[Follow]:
    """Out of those the user follows, which are few where followers are many."""
    back = Follow.objects.filter(follower=OuterRef("followed"), followed=user, is_accepted=True)
    return following_of(user, viewer).filter(Exists(back))


def requests_to(user: User) -> QuerySet[Follow]:
    """Who waits to follow the user."""
    return _cards(Follow.objects.filter(**WAITING, followed=user), "follower", user, is_own=True)


def blocks_of(user: User) -> QuerySet[Block]:
    return _listed(Block.objects.filter(present("blocked"), blocker=user), "blocked", user)


def mutes_of(user: User) -> QuerySet[Mute]:
    return _cards(Mute.objects.filter(muter=user), "muted", user, is_own=True)


def _cards(ties: QuerySet, person: str, viewer: Viewer, *, is_own: bool) -> QuerySet:
    """In one's own lists stand those too whose profile is private: one must be able to be rid of them."""
    seen = present(person) & ~Q(has_blocked(viewer, person)) if is_own else findable(viewer, person)
    return _listed(ties.filter(seen), person, viewer)


def _listed(ties: QuerySet, person: str, viewer: Viewer) -> QuerySet:
    columns = ("created_at", *(path(person, column) for column in CARD))
    return with_relation(ties.select_related(person).only(*columns).order_by(*NEWEST), viewer, person)


def search(text: str, viewer: Viewer) -> list[int]:
    """The ids of members whose username or display name begins with `text`; exact ones first, then the most followed.

    Where very many do, the first of them by name are looked at.
    """
    text = " ".join(text.split()).removeprefix("@")
    wanted = text.lower()
    if not wanted:
        return []
    # The databases make other letters than ASCII's small or leave them, so both are asked for.
    spellings = {wanted, *(_small_ascii(form) for form in (text, text.title(), text.upper()))}
    found: dict[int, Any] = {}
    for column in ("username", "display_name"):
        rows = User.objects.findable_by(viewer).beginning(column, spellings)[:MOST_FOUND]
        for pk, username, name, followers in rows.values_list("pk", "username", "display_name", "follower_count"):
            is_other = wanted not in (username.lower(), name.lower())
            found[pk] = (username.lower() != wanted, is_other, -followers, username.lower())
    return sorted(found, key=found.__getitem__)[:MOST_FOUND]


def _small_ascii(text: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)
