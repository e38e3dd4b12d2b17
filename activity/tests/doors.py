"""Who may open what is made of many things: their own is the caller's, a profile everybody's to whom it is open."""

from activity.tests import rows
from tests.doors import SHOWN, anyone, reads

DOORS = {
    "movies/<int:movie_id>/me": reads(),
    "users/feed": reads(),
    "users/states": reads(body={"movie_ids": "949"}),
    "users/stats": reads(),
    "profiles/<str:username>/stats": anyone(200),
}
PAGES = ("", "/stats", "/stats/<int:year>")
ROUTES = {f"api/v1/{route}": {"GET": row} for route, row in DOORS.items()} | {
    f"members/<str:username>{page}": SHOWN for page in PAGES
}


def furnish(owner):
    film = rows.film(949)
    rows.watch(owner, film)
    rows.rate(owner, film)
    return {"movie_id": film.pk, "username": owner.username, "year": rows.DAY.year}
