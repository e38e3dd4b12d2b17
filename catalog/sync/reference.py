"""Genres, countries, services with their rank in each region, and TMDB's configuration."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

import structlog
from django.db import models, transaction

from catalog import caching
from catalog.images import BASE_URL, POSTER_SIZES
from catalog.models import Region, RegionalProvider, TMDBConfiguration
from catalog.retrying import retried
from catalog.sync.parsing.movie import read_named
from catalog.sync.parsing.rows import GenreRow, ProviderRow
from catalog.sync.parsing.values import Json, identity, image, line, mapping, objects, region, whole
from catalog.sync.shared import upsert
from catalog.tmdb.client import Check, TMDBClient

log = structlog.get_logger(__name__)
LANGUAGE = {"language": "en-US"}
RANK_FIELDS = ("pk", "provider_id", "region_id", "priority")
LOWEST_RANK = 2**31 - 1


class Reference(NamedTuple):
    """What TMDB's lists say, entries as they came."""

    images: Json
    genres: list[Json]
    countries: list[Json]
    regions: list[Json]
    providers: list[Json]


def fetch_reference(client: TMDBClient, now: datetime) -> dict[str, int]:
    """Makes the reference data what TMDB says, all or nothing; gives the number of rows of each kind.

    Raises one of `catalog.tmdb.errors`; a list that comes back empty counts as an answer that makes no sense.
    """
    told = Reference(
        mapping(client.get("/configuration", is_proper=_lists("images"))["images"]),
        objects(client.get("/genre/movie/list", LANGUAGE, is_proper=_lists("genres"))["genres"]),
        objects(client.get("/configuration/countries", LANGUAGE, is_proper=_is_list)),
        objects(client.get("/watch/providers/regions", LANGUAGE, is_proper=_lists("results"))["results"]),
        objects(client.get("/watch/providers/movie", LANGUAGE, is_proper=_lists("results"))["results"]),
    )
    return retried(partial(_store, told, now))


@transaction.atomic
def _store(told: Reference, now: datetime) -> dict[str, int]:
    genres, providers = read_named(GenreRow, told.genres), _providers(told.providers)
    upsert(GenreRow, genres)
    upsert(ProviderRow, providers)
    codes = _store_regions(told.countries, told.regions)
    ranks = _store_ranks(told.providers, codes)
    _store_configuration(told.images, now)
    transaction.on_commit(caching.drop_reference)
    return {"genres": len(genres), "regions": len(codes), "providers": len(providers), "regional ranks": ranks}


def _is_list(body: Any) -> bool:
    return isinstance(body, list) and bool(body)


def _lists(key: str) -> Check:
    return lambda body: isinstance(body, dict) and bool(body.get(key))


def _providers(entries: list[Json]) -> list[ProviderRow]:
    rows = {}
    for entry in entries:
        tmdb_id, name = identity(entry.get("provider_id")), line(entry.get("provider_name"))
        if tmdb_id and name:
            rank = whole(entry.get("display_priority"))
            rows[tmdb_id] = ProviderRow(
                tmdb_id, name, image(entry.get("logo_path")), LOWEST_RANK if rank is None else rank
            )
    return list(rows.values())


def _store_regions(countries: list[Json], streaming: list[Json]) -> set[str]:
    """All countries, marked where there are services; what TMDB no longer lists stays, unmarked."""
    with_services = {region(entry.get("iso_3166_1")) for entry in streaming}
    rows = {}
    for entry in countries + streaming:
        code, name = region(entry.get("iso_3166_1")), line(entry.get("english_name"))
        if code and name:
            rows[code] = Region(
                code=code,
                name=name,
                native_name=line(entry.get("native_name")) or name,
                has_streaming=code in with_services,
            )
    _upsert(Region, (rows[code] for code in sorted(rows)), ["code"], ["name", "native_name", "has_streaming"])
    Region.objects.exclude(pk__in=with_services).filter(has_streaming=True).update(has_streaming=False)
    return set(rows)


def _store_ranks(entries: list[Json], codes: set[str]) -> int:
    """The ranks of the services in each region, those no longer told taken out."""
    wanted = dict(_ranks(entries, codes))
    held = {(row[1], row[2]): (row[0], row[3]) for row in RegionalProvider.objects.values_list(*RANK_FIELDS)}
    RegionalProvider.objects.filter(pk__in=[held[key][0] for key in held.keys() - wanted.keys()]).delete()
    rows = [
        RegionalProvider(provider_id=provider, region_id=code, priority=rank)
        for (provider, code), rank in sorted(wanted.items())
        if (provider, code) not in held or held[provider, code][1] != rank
    ]
    _upsert(RegionalProvider, rows, ["provider", "region"], ["priority"])
    return len(wanted)


def _ranks(entries: list[Json], codes: set[str]) -> Iterable[tuple[tuple[int, str], int]]:
    for entry in entries:
        tmdb_id = identity(entry.get("provider_id"))
        for code, told in mapping(entry.get("display_priorities")).items():
            rank = whole(told)
            if tmdb_id and line(entry.get("provider_name")) and code in codes and rank is not None:
                yield (tmdb_id, code), rank


def _store_configuration(images: Json, now: datetime) -> None:
    _warn_of_other_images(images)
    base_url = line(images.get("secure_base_url"))
    TMDBConfiguration.objects.update_or_create(
        pk=1,
        defaults={
            "image_base_url": base_url if base_url.startswith("https://") else BASE_URL,
            "poster_sizes": _sizes(images.get("poster_sizes")),
            "backdrop_sizes": _sizes(images.get("backdrop_sizes")),
            "synced_at": now,
        },
    )


def _warn_of_other_images(images: Json) -> None:
    """This version builds its picture addresses itself; where TMDB moves or renames them, an operator must know."""
    told = set(_sizes(images.get("poster_sizes"))) | set(_sizes(images.get("backdrop_sizes")))
    base_url = line(images.get("secure_base_url"))
    if base_url != BASE_URL or not set(POSTER_SIZES) <= told:
        log.warning("tmdb_images_differ", base_url=base_url, sizes=sorted(told))


def _sizes(value: Any) -> list[str]:
    return [size for size in value if isinstance(size, str)] if isinstance(value, list) else []


def _upsert(table: type[models.Model], rows: Iterable[models.Model], key: list[str], fields: list[str]) -> None:
    table.objects.bulk_create(rows, update_conflicts=True, unique_fields=key, update_fields=fields)
