"""A film's body into rows. Pure: no database, no clock."""

import re
from typing import Any, TypeVar

from catalog.models.browsing import genre_bits
from catalog.search import search_key
from catalog.sync.parsing.parts import read_offers, read_posters, read_releases, read_titles, read_videos
from catalog.sync.parsing.people import read_credits
from catalog.sync.parsing.rows import (
    CollectionRow,
    CreditRow,
    GenreLink,
    GenreRow,
    KeywordLink,
    KeywordRow,
    MovieFacts,
    OfferRow,
    PartRow,
    PersonRow,
    PosterRow,
    ProviderRow,
    ReleaseRow,
    TitleRow,
    VideoRow,
)
from catalog.sync.parsing.values import (
    LARGEST_BIG,
    Json,
    day,
    flag,
    identity,
    image,
    language,
    line,
    link,
    mapping,
    number,
    objects,
    part,
    region,
    text,
    whole,
)
from catalog.titles import title_key

IMDB_ID = re.compile(r"tt\d{7,10}", re.ASCII)
LONGEST_SEARCH_KEY = 10_000
# The mean of TMDB's voters, and how many votes it takes to outweigh it.
MEAN_VOTE = 6.4
WEIGHT_OF_MEAN = 500

Named = TypeVar("Named", GenreRow, KeywordRow)


class UnreadableMovie(Exception):
    """The body is no film's, or not the asked one's."""


def read_movie(body: Any, movie_id: int) -> MovieFacts:
    """The film's rows. Malformed entries are left out; raises `UnreadableMovie` where no film is left."""
    body = mapping(body)
    if identity(body.get("id")) != movie_id:
        raise UnreadableMovie(f"the body's id is {str(body.get('id'))[:40]!r}")
    titles, collection = read_titles(body), read_collection(body.get("belongs_to_collection"))
    columns = read_columns(body, titles, collection)
    genres, keywords = read_named(GenreRow, body.get("genres")), read_keywords(body)
    people, credits = read_credits(body)
    providers, offers = read_offers(body)
    shared = {
        GenreRow: genres,
        KeywordRow: keywords,
        CollectionRow: [collection] if collection else [],
        PersonRow: people,
        ProviderRow: providers,
    }
    own = {
        GenreLink: [GenreLink(row.tmdb_id) for row in genres],
        KeywordLink: [KeywordLink(row.tmdb_id) for row in keywords],
        CreditRow: credits,
        TitleRow: titles,
    }
    said = {} if offers is None else {OfferRow: offers}
    return MovieFacts(movie_id, columns, shared, own | read_listed(body) | said)


def read_listed(body: Json) -> dict[type[PartRow], list[PartRow]]:
    """The parts that share nothing with other films."""
    return {PosterRow: read_posters(body), VideoRow: read_videos(body), ReleaseRow: read_releases(body)}


def read_columns(body: Json, titles: list[TitleRow], collection: CollectionRow | None) -> Json:
    """The film's own columns, by name. Raises `UnreadableMovie` for a film without any title."""
    original_title = line(body.get("original_title"))
    title = line(body.get("title")) or original_title
    if not title:
        raise UnreadableMovie("the film has no title")
    votes = whole(body.get("vote_count")) or 0
    average = min(number(body.get("vote_average")), 10.0) if votes else 0.0
    names = search_key(title, original_title, *(row.title for row in titles))
    return read_plain(body) | {
        "title": title,
        "title_key": title_key(title),
        "original_title": original_title or title,
        "search_key": names[:LONGEST_SEARCH_KEY],
        "imdb_id": read_imdb_id(body),
        "genre_bits": genre_bits(row.tmdb_id for row in read_named(GenreRow, body.get("genres"))),
        "collection_id": collection and collection.tmdb_id,
        "tmdb_vote_average": average,
        "tmdb_vote_count": votes,
        "weighted_rating": weighted_rating(average, votes),
    }


def read_plain(body: Json) -> Json:
    """The columns that come of one key each; 0 minutes and 0 dollars mean that nobody knows."""
    return {
        "original_language": language(body.get("original_language")),
        "overview": text(body.get("overview")),
        "tagline": line(body.get("tagline"), 1000),
        "homepage": link(body.get("homepage")),
        "status": line(body.get("status"), 30),
        "released_on": day(body.get("release_date")),
        "runtime": whole(body.get("runtime")) or None,
        "budget": whole(body.get("budget"), LARGEST_BIG) or None,
        "revenue": whole(body.get("revenue"), LARGEST_BIG) or None,
        "countries": _codes(body.get("production_countries"), "iso_3166_1", region),
        "languages": _codes(body.get("spoken_languages"), "iso_639_1", language),
        "poster_path": image(body.get("poster_path")),
        "backdrop_path": image(body.get("backdrop_path")),
        "is_adult": flag(body.get("adult")),
        "is_video": flag(body.get("video")),
        "popularity": number(body.get("popularity")),
    }


def weighted_rating(average: float, votes: int) -> float:
    """The Bayesian mean that IMDb published for its Top 250, `(v R + m C) / (v + m)`; 0 for a film without votes."""
    if not votes:
        return 0.0
    return round((votes * average + WEIGHT_OF_MEAN * MEAN_VOTE) / (votes + WEIGHT_OF_MEAN), 4)


def read_imdb_id(body: Json) -> str:
    for value in (body.get("imdb_id"), mapping(body.get("external_ids")).get("imdb_id")):
        if isinstance(value, str) and IMDB_ID.fullmatch(value):
            return value
    return ""


def read_collection(value: Any) -> CollectionRow | None:
    told = mapping(value)
    tmdb_id, name = identity(told.get("id")), line(told.get("name"))
    if tmdb_id is None or not name:
        return None
    return CollectionRow(tmdb_id, name, image(told.get("poster_path")), image(told.get("backdrop_path")))


def read_keywords(body: Json) -> list[KeywordRow]:
    return read_named(KeywordRow, part(body, "keywords", "keywords"))


def read_named(kind: type[Named], value: Any) -> list[Named]:
    """Numbered names, each number once, by number."""
    rows: dict[int, Named] = {}
    for entry in objects(value):
        tmdb_id, name = identity(entry.get("id")), line(entry.get("name"))
        if tmdb_id and name:
            rows.setdefault(tmdb_id, kind(tmdb_id, name))
    return [rows[key] for key in sorted(rows)]


def _codes(value: Any, key: str, read: Any) -> list[str]:
    """The well-formed codes of a list, in its order, each once."""
    return list(dict.fromkeys(filter(None, (read(entry.get(key)) for entry in objects(value)))))
