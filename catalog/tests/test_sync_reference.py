"""Genres, regions, services and configuration."""

import pytest
from django.utils import timezone

from catalog.models import Genre, Movie, Offer, Provider, Region, RegionalProvider, TMDBConfiguration
from catalog.sync import fetch_reference
from catalog.tmdb.errors import TMDBUnavailable, TMDBUnreadable

pytestmark = pytest.mark.django_db
PATHS = (
    "/configuration",
    "/genre/movie/list",
    "/configuration/countries",
    "/watch/providers/regions",
    "/watch/providers/movie",
)


def fetch(client):
    return fetch_reference(client, timezone.now())


def everything():
    tables = (Genre, Region, Provider, RegionalProvider)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_all_of_it_is_stored(tmdb, client):
    counts = fetch(client)
    reference = tmdb.films.library.catalogue.reference
    assert counts["genres"] == Genre.objects.count() == len(reference["genres"])
    assert Region.objects.count() == len(reference["countries"])
    assert set(Region.objects.filter(has_streaming=True).values_list("code", flat=True)) == set(reference["regions"])
    assert counts["providers"] == Provider.objects.count()
    ranks = {
        (row["provider_id"], code): rank
        for row in reference["providers"]
        for code, rank in row["display_priorities"].items()
    }
    held = {(row.provider_id, row.region_id): row.priority for row in RegionalProvider.objects.all()}
    assert held == {key: rank for key, rank in ranks.items() if Region.objects.filter(pk=key[1]).exists()}
    configuration = TMDBConfiguration.objects.get()
    assert configuration.image_base_url == "https://image.tmdb.org/t/p/"
    assert "w342" in configuration.poster_sizes


def test_twice_is_as_once(client):
    fetch(client)
    before = everything()
    fetch(client)
    assert everything() == before


def test_changes_are_followed_and_what_offers_refer_to_stays(tmdb, client):
    fetch(client)
    provider = Provider.objects.order_by("pk").last()
    movie = Movie.objects.create(tmdb_id=1, title="Any")
    Offer.objects.create(movie=movie, provider=provider, region="US", kind="buy")
    Region.objects.create(code="XX", name="Nowhere", has_streaming=True)
    stray = RegionalProvider.objects.create(provider=provider, region_id="XX", priority=1)
    RegionalProvider.objects.exclude(pk=stray.pk).update(priority=9999)
    Genre.objects.update(name="?")
    fetch(client)
    assert Offer.objects.exists()
    assert not RegionalProvider.objects.filter(pk=stray.pk).exists()
    assert not RegionalProvider.objects.filter(priority=9999).exists()
    assert not Region.objects.get(pk="XX").has_streaming
    assert not Genre.objects.filter(name="?").exists()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("kind", "error"), [("html500", TMDBUnavailable), ("list_instead_of_object", TMDBUnreadable)])
def test_a_call_that_fails_changes_nothing(tmdb, client_of, path, kind, error):
    fetch(client_of(tmdb))
    before, synced_at = everything(), TMDBConfiguration.objects.get().synced_at
    tmdb.faults.add(path, kind)
    with pytest.raises(error):
        fetch(client_of(tmdb))
    assert (everything(), TMDBConfiguration.objects.get().synced_at) == (before, synced_at)
