"""What a member holds of one film, for its page."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from watchlists.models import Favorite, List, ListItem, Viewing, WatchlistEntry

# Those that were changed last; the rest are put into on their own pages.
LISTS, VIEWINGS = 100, 3


class Held(NamedTuple):
    """The watchlist's entry, the favorite, the last viewings, and the lists that may be changed (each `has_film`)."""

    entry: WatchlistEntry | None
    favorite: Favorite | None
    viewings: list[Viewing]
    lists: list[List]


def held_by(user: User, movie_id: int) -> Held:
    """Four queries, however much it is."""
    own = {"user": user, "movie": movie_id}
    inside = ListItem.objects.filter(list=OuterRef("pk"), movie=movie_id)
    return Held(
        WatchlistEntry.objects.filter(**own).first(),
        Favorite.objects.filter(**own).first(),
        list(Viewing.objects.filter(**own).latest_first()[: VIEWINGS + 1]),
        list(lists_of(user).annotate(has_film=Exists(inside))),
    )


def lists_of(user: User) -> QuerySet[List]:
    """The lists that the member may change, the last changed first."""
    return List.objects.editable_by(user).order_by("-updated_at", "-pk")[:LISTS]
