"""The rounds over the daily export, the films it makes doubtful, and the index of the search."""

import pytest
from django.utils import timezone

from catalog import tasks
from catalog.models import Movie, SyncRound
from catalog.sync import check_suspects, take_in_export
from catalog.tmdb.errors import TMDBUnavailable
from catalog.tmdb.source import EXPORTS, TMDB, has_export

pytestmark = pytest.mark.django_db
AVATAR, MATRIX = 19995, 603


@pytest.fixture
def exports(tmdb, settings):
    """The stand-in, whose export of ids the settings point at too."""
    settings.TMDB_EXPORTS_URL = tmdb.exports_url
    return tmdb


def entry(name):
    return SyncRound.objects.get(pk=name)


@pytest.mark.django_db(transaction=True)
def test_the_export_makes_all_films_known_and_says_how_many(exports):
    tasks.take_in_export()
    assert Movie.objects.filter(synced_at=None).count() == len(exports.films)
    summary = entry("export").summary
    assert f"{len(exports.films):,} new, 0 changed" in summary
    assert "of 0 films held" in summary or "not listed" in summary
    assert entry("export").succeeded_at


@pytest.mark.django_db(transaction=True)
def test_an_export_that_cannot_be_had_is_a_failed_round(exports, monkeypatch):
    monkeypatch.setattr("catalog.tmdb.downloads.PAUSE", 0)
    exports.faults.add("/exports/*", "html500")
    with pytest.raises(TMDBUnavailable):
        take_in_export()
    assert entry("export").is_failing
    assert not Movie.objects.exists()


@pytest.mark.parametrize(
    ("token", "base_url", "exports_url", "is_meant"),
    [
        ("token", "", EXPORTS, True),
        ("token", TMDB, f"{EXPORTS}/", True),
        ("token", f"{TMDB}/", EXPORTS, True),
        ("token", "http://127.0.0.1:1/3", "http://127.0.0.1:1/exports", True),
        ("token", "http://127.0.0.1:1/3", EXPORTS, False),
        ("", "", EXPORTS, False),
        ("", "http://127.0.0.1:1/3", "http://127.0.0.1:1/exports", False),
    ],
)
def test_the_export_is_only_taken_in_from_the_tmdb_that_has_the_films(settings, token, base_url, exports_url, is_meant):
    settings.TMDB_TOKEN, settings.TMDB_BASE_URL, settings.TMDB_EXPORTS_URL = token, base_url, exports_url
    assert has_export() is is_meant


def test_where_it_is_not_meant_the_round_says_so_and_is_well(tmdb):
    take_in_export()
    assert entry("export").summary.startswith("left out: ")
    assert entry("export").succeeded_at
    assert not Movie.objects.exists()


def test_suspects_are_asked_for_and_cleared_or_buried(tmdb):
    now = timezone.now()
    for key in (AVATAR, MATRIX, 999_999_999):
        Movie.objects.create(tmdb_id=key, title="Doubtful", synced_at=now, suspected_at=now)
    Movie.objects.create(tmdb_id=238, title="Beyond doubt", synced_at=now)
    assert check_suspects().fetched == 3
    assert not Movie.objects.filter(suspected_at__isnull=False).exists()
    assert Movie.objects.exclude(gone_at=None).get().pk == 999_999_999
    assert Movie.objects.get(pk=238).title == "Beyond doubt"
    tasks.check_suspects()
    assert entry("suspects").summary == "nothing was due"


def test_the_search_finds_what_was_stored_without_an_entry(api, tmdb):
    Movie.objects.create(tmdb_id=MATRIX, title="The Matrix", original_title="The Matrix", popularity=9)
    tasks.refresh_search()
    assert entry("search").succeeded_at
    found = api.get("/api/v1/movies/search?q=matrix").json()["results"]
    assert [row["id"] for row in found] == [MATRIX]
