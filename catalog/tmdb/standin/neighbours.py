"""Which films go with a film: by what their facts share."""

import heapq
from collections import Counter, defaultdict
from functools import lru_cache

from catalog.starter.catalogue import Film
from catalog.tmdb.standin.shelf import FilmShelf

KEPT = 40
LEADS = 3

Trait = tuple[str, int | str]


class Neighbours:
    """Similar films share genres and keywords; recommended ones the makers, the leads and the collection."""

    def __init__(self, shelf: FilmShelf) -> None:
        self.shelf = shelf
        self._index = lru_cache(maxsize=2)(self._make_index)

    def of(self, film_id: int, kind: str) -> list[Film]:
        """The nearest first, 40 at the most; the more popular of two as near."""
        film = self.shelf.facts_of(film_id)
        if film is None:
            return []
        films, owners = self._index(kind, self.shelf.version)
        shared = Counter(number for trait in _traits(film, kind) for number in owners[trait] if number != film_id)
        ranked = heapq.nsmallest(
            KEPT, shared, key=lambda number: (-shared[number], -films[number]["popularity"], number)
        )
        return [films[number] for number in ranked]

    def _make_index(self, kind: str, _version: int) -> tuple[dict[int, Film], dict[Trait, list[int]]]:
        films = {film["id"]: film for film in self.shelf.facts()}
        owners = defaultdict(list)
        for number, film in films.items():
            for trait in _traits(film, kind):
                owners[trait].append(number)
        return films, owners


def _traits(film: Film, kind: str) -> list[Trait]:
    if kind == "similar":
        # All genres as one trait: a single genre is shared by half of all films and tells little.
        genres = "-".join(map(str, sorted(film["genre_ids"])))
        return [("genres", genres)] + [("keyword", word) for word in film["keywords"]]
    makers = {person for person, _, job in film["crew"] if job == "Director"}
    leads = {person for person, _ in film["cast"][:LEADS]}
    collection = [("collection", film["collection"])] if film["collection"] else []
    return [("person", person) for person in sorted(makers | leads)] + collection
