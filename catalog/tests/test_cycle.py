"""The whole life of a catalogue, by the worker's own rounds, while a part of all calls to TMDB fails.

Films are known by the export, detailed, changed, gone, announced or not, and merged; at the end every row is as the
stand-in has it.
"""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from catalog.models import Movie, SyncFailure, SyncRound
from catalog.sync import check_suspects, refresh_changes, refresh_details, take_in_export
from catalog.tests.facts import held_of, told
from catalog.tmdb.client import Patience
from catalog.tmdb.errors import TMDBUnavailable
from catalog.tmdb.standin import StandIn

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
FILMS, TRIES = 240, 30
FAILING = 0.06
NEW_ID = 7_000_000


@pytest.fixture
def tmdb(settings, monkeypatch):
    """A stand-in with the first films of the starter catalogue, and faults on every way but the export's.

    Its callers try as often as they ever do, and wait less between two tries.
    """
    monkeypatch.setattr("catalog.tmdb.source.Patience", partial(Patience, backoff=0.02))
    with StandIn() as whole:
        bodies = [whole.films[key] for key in sorted(whole.films)[:FILMS]]
    with StandIn(films=bodies) as stand_in:
        settings.TMDB_BASE_URL, settings.TMDB_TOKEN, settings.TMDB_RATE = stand_in.base_url, stand_in.token, 0
        settings.TMDB_EXPORTS_URL = stand_in.exports_url
        stand_in.faults.chaos(FAILING, seed=7)
        yield stand_in


def until(is_done, make_a_round):
    """Rounds, as the schedule would make them, until it is done; what is put aside is due at once."""
    for _ in range(TRIES):
        try:
            make_a_round()
        except TMDBUnavailable:
            assert SyncRound.objects.filter(failed_at__isnull=False).exists()
        SyncFailure.objects.update(retry_at=timezone.now())
        if is_done() and not SyncFailure.objects.exists():
            return
    pytest.fail(f"not done after {TRIES} rounds")


def days_pass(days):
    """The films get older, so that the rounds look at them again."""
    Movie.objects.filter(synced_at__isnull=False).update(synced_at=timezone.now() - timedelta(days=days))


def all_known(tmdb):
    return lambda: Movie.objects.filter(gone_at=None).count() == len(tmdb.films)


def all_detailed():
    return not Movie.objects.awaiting_details().exists()


def covered():
    return SyncRound.objects.filter(name="changes").values_list("covered_until", flat=True).first()


def assert_as_the_stand_in_has_them(tmdb):
    standing = set(Movie.objects.filter(gone_at=None).values_list("pk", flat=True))
    assert standing == set(tmdb.films)
    for key, film in held_of(standing).items():
        assert film == told(tmdb.films[key])


def change(tmdb, keys):
    """Another title, another crew, other offers, and a picture less."""
    for place, key in enumerate(keys):
        body = tmdb.films[key]
        credits = body["credits"] | {"crew": body["credits"]["crew"][1:]}
        tmdb.put_film(body | {"title": f"Changed {key}", "credits": credits, "poster_path": None})
        tmdb.set_offers(key, {"US": {"flatrate": [8], "rent": [2] if place % 2 else []}})


def merge(tmdb, keys):
    """Each film is gone, and a new one has its IMDb id; nothing tells of it. Gives the new ids by the old."""
    successors = {}
    for place, old in enumerate(keys):
        body = tmdb.films[old]
        successors[old] = NEW_ID + place
        tmdb.remove_film(old, is_announced=False)
        tmdb.films[NEW_ID + place] = body | {"id": NEW_ID + place, "title": f"Successor of {old}"}
    return successors


def know_and_detail(tmdb):
    until(all_known(tmdb), take_in_export)
    assert Movie.objects.filter(synced_at=None).count() == FILMS
    until(all_detailed, refresh_details)


def see_changes(tmdb, changed, gone):
    """What TMDB tells of: films that are another now, and films that it has no more."""
    days_pass(1)
    change(tmdb, changed)
    for key in gone:
        tmdb.remove_film(key)
    began_at = timezone.now()
    until(lambda: covered() and covered() >= began_at, refresh_changes)


def see_what_nobody_told(tmdb, gone):
    """What only the next export shows: films that are missing, and others into which some were merged."""
    days_pass(3)
    for key in gone:
        tmdb.remove_film(key, is_announced=False)
    with_imdb_id = Movie.objects.filter(gone_at=None, pk__in=tmdb.films).exclude(imdb_id="").order_by("-pk")
    successors = merge(tmdb, list(with_imdb_id.values_list("pk", flat=True)[:5]))
    suspected = Movie.objects.filter(suspected_at__isnull=False)
    until(lambda: suspected.count() == len(gone) + len(successors), take_in_export)
    until(lambda: not suspected.exists(), check_suspects)
    until(all_detailed, refresh_details)
    return successors


def test_from_the_export_to_the_merge_every_row_is_as_the_stand_in_has_it(tmdb):
    keys = sorted(tmdb.films)
    announced, silent = keys[40:50], keys[50:56]
    know_and_detail(tmdb)
    assert_as_the_stand_in_has_them(tmdb)
    see_changes(tmdb, keys[:40], announced)
    assert set(Movie.objects.exclude(gone_at=None).values_list("pk", flat=True)) == set(announced)
    assert_as_the_stand_in_has_them(tmdb)
    successors = see_what_nobody_told(tmdb, silent)
    assert_as_the_stand_in_has_them(tmdb)
    gone = dict(Movie.objects.exclude(gone_at=None).values_list("pk", "merged_into"))
    assert gone == dict.fromkeys([*announced, *silent]) | successors
    # Whatever is gone keeps its title for those who hold it.
    assert not Movie.objects.filter(title="").exists()
    assert not SyncFailure.objects.exists()
