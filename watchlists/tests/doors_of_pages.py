"""Who may open the pages of the library: others see what the owner shows, and what they send changes their own."""

from tests.doors import MOVED, SHOWN, Row, button, everyone, form, page
from watchlists.tests import doors

DONE = page(302)
UP = page(302, body={"to": "up"})
FILM, LIST, MEMBER = "movies/<number:movie_id>", "lists/<number:list_id>", "members/<str:username>"
ROOMS = ("diary", "diary/calendar", "diary.atom", "watchlist", "favorites", "lists")


def on_a_film(path: str, posted: Row) -> dict[str, dict[str, Row]]:
    """A door of the film's own page, which is no page itself for anybody."""
    return {f"{FILM}/{path}": {"GET": everyone(405), "POST": posted}}


def named(places):
    return {"list": places["list_id"]}


ROUTES = {
    **{f"{MEMBER}/{room}": SHOWN for room in ROOMS},
    **on_a_film("watchlist", page(302, body={"on": "yes"})),
    **on_a_film("favorite", page(302, body={"on": "yes"})),
    **on_a_film("viewings", page(302, body={"is_unknown": "on"})),
    # Another's list is none that one may choose.
    **on_a_film("lists", page(302, body=named).but(stranger=400, staff=400)),
    **on_a_film("lists/remove", page(302, body=named).owners()),
    **form("diary/log", page(405)),
    **form("diary/log/<number:movie_id>", DONE),
    **form("diary/<number:viewing_id>", DONE.owners(), page(200).owners()),
    **button("diary/<number:viewing_id>/remove", DONE.owners()),
    **form("watchlist/<number:movie_id>", page(302, body={"priority": "2"}).owners(), page(200).owners()),
    **button("watchlist/<number:movie_id>/watched", DONE.owners()),
    **button("watchlist/<number:movie_id>/remove", DONE),
    **button("favorites/<number:movie_id>/add", DONE),
    **button("favorites/<number:movie_id>/move", UP.owners()),
    **button("favorites/<number:movie_id>/remove", DONE),
    **form("lists/new", page(302, body={"name": "Heists", "visibility": "public"})),
    LIST: MOVED,
    f"{LIST}<tail:slug>": SHOWN,
    **form(
        f"{LIST}/edit",
        page(302, body={"name": "Heists", "visibility": "private"}).owners_to_do(),
        page(200).owners_to_do(),
    ),
    **button(f"{LIST}/erase", DONE.owners_to_do()),
    **button(f"{LIST}/clone", DONE),
    **button(f"{LIST}/link", DONE.owners_to_do()),
    **button(f"{LIST}/items/<number:movie_id>/add", DONE.owners_to_do()),
    **button(f"{LIST}/items/<number:movie_id>/move", UP.owners_to_do()),
    **form(
        f"{LIST}/items/<number:movie_id>/note",
        page(302, body={"note": "The diner."}).owners_to_do(),
        page(200).owners_to_do(),
    ),
    **button(f"{LIST}/items/<number:movie_id>/remove", DONE.owners_to_do()),
    **form(
        f"{LIST}/people",
        page(302, body={"username": "eve-adams", "role": "viewer"}).owners_to_do(),
        page(200).owners_to_do(),
    ),
    **button(f"{LIST}/people/<number:share_id>/end", DONE.owners_to_do()),
}


def furnish(owner):
    """What the API's doors lead to, and the owner's own pages."""
    return doors.furnish(owner) | {"username": owner.username, "slug": "-heat"}
