"""The films a stand-in holds: the starter's as facts until somebody touches one, and those that a test put in."""

from collections.abc import Iterable, Iterator, MutableMapping
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

from catalog.starter.catalogue import Film
from catalog.tmdb.standin.bodies import PARTS, Library, empty_parts, facts_of

Json = dict[str, Any]
COMPUTED = frozenset({"recommendations", "similar"})


class FilmShelf(MutableMapping[int, Json]):
    """TMDB-shaped bodies by id, with the parts under the names by which they are appended.

    A body taken out stays the one that is served, so it may be changed in place.
    """

    def __init__(self, library: Library, bodies: Iterable[Json] | None = None) -> None:
        self.library = library
        self._facts: dict[int, Film] = dict(library.catalogue.films) if bodies is None else {}
        self._bodies: dict[int, Json] = {body["id"]: body for body in bodies or ()}
        self.changes: list[tuple[date, int]] = []
        self.version = 0

    def __getitem__(self, film_id: int) -> Json:
        if film_id in self._facts:
            # A copy throughout: what a test does to it must not reach the tables that all stand-ins share.
            self[film_id] = deepcopy(self.library.whole(self._facts[film_id]))
        return self._bodies[film_id]

    def __setitem__(self, film_id: int, body: Json) -> None:
        self._bodies[film_id] = body
        self._facts.pop(film_id, None)
        self.version += 1

    def __delitem__(self, film_id: int) -> None:
        if film_id not in self:
            raise KeyError(film_id)
        self._facts.pop(film_id, None)
        self._bodies.pop(film_id, None)
        self.version += 1

    def __iter__(self) -> Iterator[int]:
        return iter([*self._facts, *self._bodies])

    def __len__(self) -> int:
        return len(self._facts) + len(self._bodies)

    def __contains__(self, film_id: object) -> bool:
        return film_id in self._facts or film_id in self._bodies

    def note_change(self, film_id: int, changed_on: date | None) -> None:
        self.changes.append((changed_on or datetime.now(UTC).date(), film_id))

    def is_untouched(self, film_id: int) -> bool:
        """Whether the film is still the starter's, so that its bytes may be kept."""
        return film_id in self._facts

    def bodies(self) -> list[Json]:
        return list(self._bodies.values())

    def details(self, film_id: int) -> Json | None:
        """The body without its parts, or None where there is no such film."""
        if film := self._facts.get(film_id):
            return self.library.details(film)
        if (body := self._bodies.get(film_id)) is None:
            return None
        return {key: value for key, value in body.items() if key not in PARTS and key not in COMPUTED}

    def part(self, film_id: int, name: str) -> Any:
        """What the film has of this part (a test may have put anything there); empty where it has nothing."""
        if film := self._facts.get(film_id):
            return self.library.part(film, name)
        return self._bodies.get(film_id, {}).get(name, empty_parts().get(name))

    def facts(self) -> list[Film]:
        """Facts of all films, for the lists."""
        return [*self._facts.values(), *map(facts_of, self.bodies())]

    def facts_of(self, film_id: int) -> Film | None:
        if body := self._bodies.get(film_id):
            return facts_of(body)
        return self._facts.get(film_id)

    def summary(self, film: Film) -> Json:
        """The film as lists show it."""
        return {
            "adult": film.get("adult", False),
            "backdrop_path": film["backdrop_path"],
            "genre_ids": film["genre_ids"],
            "id": film["id"],
            "original_language": film["original_language"],
            "original_title": film["original_title"],
            "overview": film["overview"] if "overview" in film else self.library.overview(film),
            "popularity": film["popularity"],
            "poster_path": film["poster_path"],
            "release_date": film["release_date"],
            "title": film["title"],
            "video": film.get("video", False),
            "vote_average": film["vote_average"],
            "vote_count": film["vote_count"],
        }
