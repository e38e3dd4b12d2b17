from watchlists.models.diary import Companion, Precision, Viewing
from watchlists.models.holdings import Favorite, WatchlistEntry
from watchlists.models.lists import Collaborator, List, ListItem, Role, Visibility

__all__ = [
    "Collaborator",
    "Companion",
    "Favorite",
    "List",
    "ListItem",
    "Precision",
    "Role",
    "Viewing",
    "Visibility",
    "WatchlistEntry",
]
