"""Who may open the pages of the catalogue: everybody, and nobody sends them anything."""

from catalog.models import Collection
from catalog.tests import doors
from catalog.tests.films import make_person
from tests.doors import MOVED, SHOWN, everyone

NUMBERED = ("movies/<number:movie_id>", "people/<number:person_id>", "collections/<number:collection_id>")
ROUTES = {
    **dict.fromkeys(("movies", "search/suggestions", "sitemap.xml", "sitemap-<slug:section>.xml", "robots.txt"), SHOWN),
    "search": SHOWN | {"GET": everyone(200, {"q": "heat"})},
    **dict.fromkeys(NUMBERED, MOVED),
    **{f"{path}<tail:slug>": SHOWN for path in NUMBERED},
}


def furnish(owner):
    """What the API's doors lead to, all of one name."""
    places = doors.furnish(owner)
    Collection.objects.update(name="Heat")
    return places | {"person_id": make_person(7, "Heat").pk, "slug": "-heat", "section": "films-0"}
