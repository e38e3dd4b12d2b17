"""Titles and posters in other languages, videos, release dates and offers; a malformed entry is left out."""

from collections.abc import Iterator

from catalog.languages import POSTER_LANGUAGES
from catalog.models import Offer, ReleaseDate
from catalog.sync.parsing.rows import OfferRow, PosterRow, ProviderRow, ReleaseRow, TitleRow, VideoRow
from catalog.sync.parsing.values import (
    Json,
    day,
    flag,
    identity,
    image,
    language,
    line,
    link,
    mapping,
    moment,
    number,
    objects,
    part,
    region,
    text,
    whole,
)

VIDEO_SITES = frozenset({"YouTube", "Vimeo"})
VIDEO_KINDS = frozenset({"Trailer", "Teaser", "Clip"})
RELEASE_KINDS = frozenset(ReleaseDate.Kind.values)
NO_RANK = (-1.0, -1.0)


def read_titles(body: Json) -> list[TitleRow]:
    """The translations that say anything, one for each language and region."""
    titles: dict[tuple[str, str], TitleRow] = {}
    for entry in part(body, "translations", "translations"):
        said, spoken = mapping(entry.get("data")), language(entry.get("iso_639_1"))
        title, overview = line(said.get("title")), text(said.get("overview"))
        if spoken and (title or overview):
            place = (spoken, region(entry.get("iso_3166_1")))
            titles.setdefault(place, TitleRow(*place, title, overview, line(said.get("tagline"))))
    return list(titles.values())


def read_videos(body: Json) -> list[VideoRow]:
    """Trailers, teasers and clips of the sites that can be linked to."""
    videos: dict[tuple[str, str], VideoRow] = {}
    for entry in part(body, "videos", "results"):
        site, key, kind = (line(entry.get(name), 100) for name in ("site", "key", "type"))
        if key and site in VIDEO_SITES and kind in VIDEO_KINDS:
            row = VideoRow(
                site,
                key,
                kind,
                line(entry.get("name")),
                language(entry.get("iso_639_1")),
                region(entry.get("iso_3166_1")),
                flag(entry.get("official")),
                moment(entry.get("published_at")),
            )
            videos.setdefault((site, key), row)
    return list(videos.values())


def read_releases(body: Json) -> list[ReleaseRow]:
    """One for each country, kind, day and note; where two differ in the certification alone, the one that has it."""
    releases: dict[tuple[str, int, object, str], ReleaseRow] = {}
    for country in part(body, "release_dates", "results"):
        place = region(country.get("iso_3166_1"))
        for entry in objects(country.get("release_dates")):
            kind, released_on = whole(entry.get("type")), day(entry.get("release_date"))
            if not place or kind not in RELEASE_KINDS or released_on is None:
                continue
            row = ReleaseRow(
                place, kind, released_on, line(entry.get("certification"), 20), line(entry.get("note"), 200)
            )
            key = (place, kind, released_on, row.note)
            if key not in releases or not releases[key].certification:
                releases[key] = row
    return list(releases.values())


def read_posters(body: Json) -> list[PosterRow]:
    """The best in each language of `POSTER_LANGUAGES`: of the highest average the one with most votes, then the first.

    TMDB's average of a picture is already drawn towards the mean where votes are few, so it ranks alone.
    """
    best: dict[str, tuple[float, float]] = {}
    paths: dict[str, str] = {}
    for entry in part(body, "images", "posters"):
        path, spoken = image(entry.get("file_path")), language(entry.get("iso_639_1"))
        rank = (number(entry.get("vote_average")), number(entry.get("vote_count")))
        if path and spoken in POSTER_LANGUAGES and rank > best.get(spoken, NO_RANK):
            best[spoken], paths[spoken] = rank, path
    return [PosterRow(spoken, path) for spoken, path in paths.items()]


def read_offers(body: Json) -> tuple[list[ProviderRow], list[OfferRow] | None]:
    """The services that offer the film, and where it can be seen; None where nobody says whether it can."""
    if not isinstance(mapping(body.get("watch/providers")).get("results"), dict):
        return [], None
    providers: dict[int, ProviderRow] = {}
    offers: dict[tuple[str, int, str], OfferRow] = {}
    for place, kind, page, entry in _offered(body):
        tmdb_id = identity(entry.get("provider_id"))
        if tmdb_id not in providers and (provider := _provider(tmdb_id, entry)):
            providers[provider.tmdb_id] = provider
        if tmdb_id in providers:
            offers.setdefault((place, tmdb_id, kind), OfferRow(place, tmdb_id, kind, page))
    return [providers[key] for key in sorted(providers)], list(offers.values())


def _provider(tmdb_id: int | None, entry: Json) -> ProviderRow | None:
    name = line(entry.get("provider_name"))
    if tmdb_id is None or not name:
        return None
    return ProviderRow(tmdb_id, name, image(entry.get("logo_path")), whole(entry.get("display_priority")) or 0)


def _offered(body: Json) -> Iterator[tuple[str, str, str, Json]]:
    """Region, kind, page and entry of each offer."""
    for place, told in body["watch/providers"]["results"].items():
        if region(place):
            here = mapping(told)
            page = link(here.get("link"))
            for kind in Offer.Kind.values:
                for entry in objects(here.get(kind)):
                    yield place, kind, page, entry
