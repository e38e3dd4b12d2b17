"""Which address is answered by what."""

import re
from collections.abc import Callable
from datetime import date

from catalog.tmdb.standin import exports, listings, people, reference
from catalog.tmdb.standin.bodies import PARTS
from catalog.tmdb.standin.discover import discover
from catalog.tmdb.standin.films import FilmDesk
from catalog.tmdb.standin.replies import RefusedError, Reply, as_json
from catalog.tmdb.standin.shelf import COMPUTED, FilmShelf

Query = dict[str, str]
Answer = Callable[..., Reply]

FILM = re.compile(r"/movie/(?P<film_id>\d{1,18})(?:/(?P<part>.+))?")
BAD_ID = re.compile(r"/(movie|person|collection)/[^/]+")
EXPORT = re.compile(r"/exports/movie_ids_(?P<day>\d\d_\d\d_\d{4})\.json\.gz")


class Routes:
    """Finds and makes the honest answer to a call."""

    def __init__(self, shelf: FilmShelf, today: Callable[[], date]) -> None:
        self.shelf = shelf
        self.desk = FilmDesk(shelf)
        self.today = today
        self._fixed = {**self._charts(), **self._reference()}
        self._by_number: list[tuple[re.Pattern[str], Answer]] = [
            (re.compile(r"/person/(\d{1,18})"), lambda query, number: people.person(shelf, int(number), query)),
            (
                re.compile(r"/person/(\d{1,18})/movie_credits"),
                lambda _, number: people.movie_credits(shelf, int(number)),
            ),
            (re.compile(r"/collection/(\d{1,18})"), lambda _, number: people.collection(shelf, int(number))),
            (re.compile(r"/find/([^/]+)"), lambda query, imdb_id: listings.find_by_imdb(shelf, imdb_id, query)),
            (
                re.compile(r"/trending/movie/(day|week)"),
                lambda query, window: listings.trending(shelf, query, self.today(), window),
            ),
        ]

    def answer(self, path: str, query: Query) -> Reply:
        """The reply to a GET of this path (without the `/3`). Raises RefusedError with TMDB's code."""
        return self._film(path, query) or self._other(path, query)

    def export(self, path: str) -> Reply:
        """The reply to a GET outside the API."""
        if match := EXPORT.fullmatch(path):
            return Reply(200, exports.movie_ids(self.shelf, match["day"]), "application/gzip")
        raise RefusedError(34)

    def _film(self, path: str, query: Query) -> Reply | None:
        if not (match := FILM.fullmatch(path)):
            return None
        film_id, part = int(match["film_id"]), match["part"]
        if part is None:
            return Reply(200, self.desk.details(film_id, query))
        if part in PARTS or part in COMPUTED:
            return as_json(self.desk.part(film_id, part, query))
        raise RefusedError(34)

    def _other(self, path: str, query: Query) -> Reply:
        if path in self._fixed:
            return as_json(self._fixed[path](query))
        for pattern, answer in self._by_number:
            if match := pattern.fullmatch(path):
                return as_json(answer(query, *match.groups()))
        raise RefusedError(6 if BAD_ID.fullmatch(path) else 34)

    def _charts(self) -> dict[str, Answer]:
        shelf = self.shelf
        return {
            "/movie/popular": lambda query: listings.popular(shelf, query),
            "/movie/top_rated": lambda query: listings.top_rated(shelf, query),
            "/movie/now_playing": lambda query: listings.now_playing(shelf, query, self.today()),
            "/movie/upcoming": lambda query: listings.upcoming(shelf, query, self.today()),
            "/movie/changes": lambda query: listings.changes(shelf, query),
            "/discover/movie": lambda query: discover(shelf, query),
            "/search/movie": lambda query: listings.search(shelf, query),
        }

    def _reference(self) -> dict[str, Answer]:
        library = self.shelf.library
        return {
            "/genre/movie/list": lambda _: reference.genres(library),
            "/configuration": lambda _: reference.configuration(),
            "/configuration/countries": lambda _: reference.countries(library),
            "/configuration/languages": lambda _: reference.languages(library),
            "/watch/providers/movie": lambda query: reference.watch_providers(library, query),
            "/watch/providers/regions": lambda _: reference.watch_regions(library),
        }
