"""What is put into the search: films and people, and what an entry of each says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from catalog.models import Movie, MovieSearch, Person, PersonSearch, SearchWord
from catalog.models.search import SearchEntry
from catalog.search.words import entry_names, entry_tokens, search_key


@dataclass(frozen=True)
class Shelf:
    """A table of entries, and the rows they are made of."""

    kind: str
    entry: type[SearchEntry]
    owner: str
    source: Callable[[], QuerySet]
    columns: tuple[str, ...]
    read: Callable[..., dict[str, Any]]

    @property
    def key(self) -> str:
        return f"{self.owner}_id"


def _movie_entry(key: int, *columns: Any) -> dict[str, Any]:
    title, original, held, popularity, released = columns
    names = held or search_key(title, original)
    tokens = entry_tokens(names, dict.fromkeys((title, original)))
    year = released.year if released else None
    return {"movie_id": key, "names": entry_names(names), "tokens": tokens, "popularity": popularity, "year": year}


def _person_entry(key: int, name: str, popularity: float) -> dict[str, Any]:
    names = search_key(name)
    tokens = entry_tokens(names, (name,))
    return {"person_id": key, "names": entry_names(names), "tokens": tokens, "popularity": popularity}


MOVIES = Shelf(
    SearchWord.Kind.MOVIE.value,
    MovieSearch,
    "movie",
    Movie.objects.listed,
    ("pk", "title", "original_title", "search_key", "popularity", "released_on"),
    _movie_entry,
)
PEOPLE = Shelf(
    SearchWord.Kind.PERSON.value,
    PersonSearch,
    "person",
    Person.objects.all,
    ("pk", "name", "popularity"),
    _person_entry,
)
