"""Who may open the doors of the library: others see what the owner shows, and what they ask for is their own."""

from accounts.tests.members import make_member
from catalog.tests.films import make_movie
from tests.doors import anyone, reads, writes
from watchlists import diary, favorites, list_items, lists, sharing, watchlist

FILM = {"movie_id": 949}
MANY = {"add": [949], "remove": []}
# The owner has it already.
NEW = writes(201, FILM).but(owner=200, writing_key=200)
LIST = "users/lists/<int:list_id>"
DOORS = {
    "users/watchlist": {"GET": reads(), "POST": NEW},
    "users/watchlist/bulk": {"POST": writes(200, MANY)},
    "users/watchlist/<int:movie_id>": {
        "GET": reads().owners(),
        "PATCH": writes(200, {"priority": 2}).owners(),
        "DELETE": writes(204),
    },
    "users/favorites": {"GET": reads(), "POST": NEW},
    "users/favorites/<int:movie_id>": {"PATCH": writes(200, {"position": 1}).owners(), "DELETE": writes(204)},
    "users/history": {"GET": reads(), "POST": writes(201, FILM)},
    "users/history/<int:viewing_id>": {
        "GET": reads().owners(),
        "PATCH": writes(200, {"note": "Again."}).owners(),
        "DELETE": writes(204).owners(),
    },
    "users/companionships": {"GET": reads()},
    "users/lists": {"GET": reads(), "POST": writes(201, {"name": "Heists"})},
    "users/lists/shared": {"GET": reads()},
    LIST: {
        "GET": anyone(200),
        "PATCH": writes(200, {"name": "Mine"}).owners_to_do(),
        "DELETE": writes(204).owners_to_do(),
    },
    f"{LIST}/clone": {"POST": writes(201)},
    f"{LIST}/key": {"POST": writes(200).owners_to_do()},
    f"{LIST}/items": {"GET": anyone(200), "POST": writes(200, FILM).owners_to_do()},
    f"{LIST}/items/bulk": {"POST": writes(200, MANY).owners_to_do()},
    f"{LIST}/items/<int:movie_id>": {
        "PATCH": writes(200, {"position": 1}).owners_to_do(),
        "DELETE": writes(204).owners_to_do(),
    },
    f"{LIST}/collaborators": {"GET": reads()},
    f"{LIST}/collaborators/<str:username>": {
        "PUT": writes(200, {"role": "viewer"}).owners_to_do(),
        "DELETE": writes(204).owners_to_do(),
    },
}
PROFILES = ("watchlist", "favorites", "history", "lists")
ROUTES = {f"api/v1/{route}": rows for route, rows in DOORS.items()} | {
    f"api/v1/profiles/<str:username>/{room}": {"GET": anyone(200)} for room in PROFILES
}


def furnish(owner):
    """A film wherever the owner can keep it, and eve, who shares in the list."""
    make_movie(949, "Heat")
    eve = make_member("eve-adams")
    watchlist.add(user=owner, movie_id=949)
    favorites.add(user=owner, movie_id=949)
    made = lists.make(owner=owner, name="Heat")
    list_items.add(made, movie_id=949, by=owner)
    share, _ = sharing.invite(made, member=eve)
    sharing.accept(share)
    return {
        "movie_id": 949,
        "username": eve.username,
        "viewing_id": diary.log(user=owner, movie_id=949, companions=[eve])[0].pk,
        "list_id": made.pk,
        "share_id": share.pk,
    }
