"""What becomes of a member's library when they are erased."""

from accounts import erasing
from accounts.models import User
from catalog.holders import counted
from watchlists.holdings import films_of
from watchlists.models import Favorite, List, Viewing, WatchlistEntry

erasing.tells(
    {
        "watchlists.Collaborator.member": erasing.ERASED,
        "watchlists.Companion.member": erasing.ERASED,
        "watchlists.Favorite.user": erasing.ERASED,
        "watchlists.List.owner": erasing.ERASED,
        # In another's list the film stays; who added it is forgotten.
        "watchlists.ListItem.added_by": "forgotten",
        "watchlists.Viewing.user": erasing.ERASED,
        "watchlists.WatchlistEntry.user": erasing.ERASED,
    }
)


@erasing.before
def give_back(user: User) -> None:
    """Takes all films from the member, so that they are held by one less."""
    with counted(user.pk, lambda: films_of(user.pk)):
        for model in (WatchlistEntry, Favorite, Viewing):
            model.objects.filter(user=user).delete()
        List.objects.filter(owner=user).delete()
