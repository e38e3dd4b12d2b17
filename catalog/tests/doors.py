"""Who may open the doors of the catalogue: it is there for everybody."""

from catalog.models import Collection, Region
from catalog.tests.films import make_heat
from tests.doors import anyone, page

LISTS = (
    *("movies", "movies/popular", "movies/trending", "movies/top-rated", "movies/now-playing", "movies/upcoming"),
    *("movies/<int:movie_id>", "movies/<int:movie_id>/credits", "movies/<int:movie_id>/releases"),
    *("movies/<int:movie_id>/similar", "movies/<int:movie_id>/streaming", "genres", "people/<int:person_id>"),
    *("collections/<int:collection_id>", "streaming"),
)
ASKED = {
    "movies/search": {"q": "heat"},
    "movies/suggest": {"q": "heat"},
    "people/search": {"q": "pacino"},
    "streaming/providers": {"region": "FR"},
    "streaming/movies": {"region": "FR", "provider": 8},
}
HOME = page(200, anonymous=200)
ROUTES = {f"api/v1/{route}": {"GET": anyone(200, ASKED.get(route))} for route in (*LISTS, *ASKED)} | {
    "": {"GET": HOME, "POST": page(405, anonymous=405)}
}


def furnish(owner):
    heat = make_heat()
    Region.objects.create(code="FR", name="France", has_streaming=True)
    collection = Collection.objects.create(tmdb_id=7, name="Heat Collection")
    person = heat.credits.first().person_id
    return {"movie_id": heat.pk, "person_id": person, "collection_id": collection.pk}
