"""What a film's body comes to: the rows of each table, as plain tuples that can be compared with what is held."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

import orjson


class GenreRow(NamedTuple):
    tmdb_id: int
    name: str


class KeywordRow(NamedTuple):
    tmdb_id: int
    name: str


class CollectionRow(NamedTuple):
    tmdb_id: int
    name: str
    poster_path: str
    backdrop_path: str


class PersonRow(NamedTuple):
    tmdb_id: int
    name: str
    known_for: str
    profile_path: str
    popularity: float


class ProviderRow(NamedTuple):
    tmdb_id: int
    name: str
    logo_path: str
    priority: int


class GenreLink(NamedTuple):
    genre_id: int


class KeywordLink(NamedTuple):
    keyword_id: int


class CreditRow(NamedTuple):
    person_id: int
    kind: str
    position: int
    job: str
    character: str


class TitleRow(NamedTuple):
    language: str
    region: str
    title: str
    overview: str
    tagline: str


class PosterRow(NamedTuple):
    language: str
    path: str


class VideoRow(NamedTuple):
    site: str
    key: str
    kind: str
    name: str
    language: str
    region: str
    is_official: bool
    published_at: datetime | None


class ReleaseRow(NamedTuple):
    region: str
    kind: int
    released_on: date
    certification: str
    note: str


class OfferRow(NamedTuple):
    region: str
    provider_id: int
    kind: str
    link: str


SharedRow = GenreRow | KeywordRow | CollectionRow | PersonRow | ProviderRow
PartRow = GenreLink | KeywordLink | CreditRow | TitleRow | PosterRow | VideoRow | ReleaseRow | OfferRow


@dataclass(slots=True)
class MovieFacts:
    """One film: its own columns, the rows it shares with other films, and the rows that are its own.

    `parts` has no `OfferRow` where nothing was said of offers; an empty list says that there are none.
    """

    tmdb_id: int
    columns: dict[str, Any]
    shared: dict[type[SharedRow], list[SharedRow]]
    parts: dict[type[PartRow], list[PartRow]]
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        parts = sorted((kind.__name__, sorted(rows)) for kind, rows in self.parts.items())
        facts = [sorted(self.columns.items()), *self.shared.values(), parts]
        self.digest = hashlib.blake2b(orjson.dumps(facts, default=tuple), digest_size=16).hexdigest()
