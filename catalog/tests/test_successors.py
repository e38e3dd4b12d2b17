"""A film that TMDB merged into another: a bare 404 for the one, and its IMDb id is the other's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog import merging, sync
from catalog.models import Movie, SyncFailure
from catalog.sync import fetch_movie
from catalog.sync.running import Run
from catalog.sync.wanted import Wanted
from catalog.tests.films import make_movie

pytestmark = pytest.mark.django_db
AVATAR, MATRIX, OLD = 19995, 603, 5_000_001
IMDB = "tt0499549"
LONG_AGO = timezone.now() - timedelta(days=60)


@pytest.fixture
def old():
    """A film that is held with Avatar's IMDb id, and that TMDB does not have."""
    return make_movie(OLD, "Avatar's double", imdb_id=IMDB, synced_at=LONG_AGO, rating_total=8, rating_count=1)


@pytest.fixture
def run(tmdb, client_of):
    """Runs over films; each with a client of its own, which a run leaves stopped."""
    return lambda *films: sync.run(client_of(tmdb), Wanted(always=films))


def state(key=OLD):
    movie = Movie.objects.get(pk=key)
    return bool(movie.gone_at), movie.merged_into_id


def asked(tmdb):
    return [call.path for call in tmdb.calls if call.path != "/configuration"]


def test_it_is_merged_into_the_film_that_has_its_imdb_id(tmdb, run, old):
    tally = run(OLD)
    assert state() == (True, AVATAR)
    assert (tally.fetched, tally.changed, tally.gone, tally.merged) == (2, 1, 1, 1)
    assert "1 gone; " in str(tally)
    assert "1 of the gone merged" in str(tally)
    avatar = Movie.objects.get(pk=AVATAR)
    assert (avatar.title, avatar.rating_total, avatar.rating_count) == ("Avatar", 8, 1)
    assert asked(tmdb) == [f"/movie/{OLD}", f"/find/{IMDB}", f"/movie/{AVATAR}"]


def test_a_film_that_is_held_in_full_is_not_fetched_for_it(tmdb, run, old):
    run(AVATAR)
    tmdb.record.forget()
    run(OLD)
    assert state() == (True, AVATAR)
    assert asked(tmdb) == [f"/movie/{OLD}", f"/find/{IMDB}"]


def test_one_that_is_only_known_is_fetched(tmdb, run, old):
    Movie.objects.create(tmdb_id=AVATAR, title="Known")
    run(OLD)
    assert Movie.objects.get(pk=AVATAR).synced_at
    assert state() == (True, AVATAR)


def test_nobody_is_asked_of_a_film_without_imdb_id_or_that_is_not_held(tmdb, run):
    make_movie(OLD, "Double", synced_at=LONG_AGO)
    run(OLD, OLD + 1)
    assert state() == (True, None)
    assert sorted(asked(tmdb)) == [f"/movie/{OLD}", f"/movie/{OLD + 1}"]


def test_a_film_whose_imdb_id_nobody_has_is_a_plain_tombstone(tmdb, run):
    make_movie(OLD, "Deleted", imdb_id="tt9999999", synced_at=LONG_AGO)
    tally = run(OLD)
    assert state() == (True, None)
    assert (tally.gone, tally.merged) == (1, 0)


def test_a_film_that_is_found_under_its_own_id_is_a_plain_tombstone(tmdb, run, old):
    tmdb.faults.add(AVATAR, "vanish")
    make_movie(AVATAR, "Avatar", imdb_id=IMDB, synced_at=LONG_AGO)
    run(AVATAR)
    assert state(AVATAR) == (True, None)


def test_a_successor_that_is_gone_itself_is_none(tmdb, run, old):
    tmdb.faults.add(AVATAR, "vanish")
    run(OLD)
    assert state() == (True, None)
    assert not Movie.objects.filter(pk=AVATAR).exists()


@pytest.mark.parametrize("target", [f"/find/{IMDB}", f"/movie/{AVATAR}"])
def test_while_tmdb_does_not_say_it_is_put_aside_and_no_tombstone(tmdb, run, old, target):
    tmdb.faults.add(target, "status500")
    tally = run(OLD)
    assert state() == (False, None)
    assert (tally.put_aside, tally.gone) == (1, 0)
    assert SyncFailure.objects.get().reason == "unavailable"
    tmdb.faults.clear()
    run(OLD)
    assert state() == (True, AVATAR)
    assert not SyncFailure.objects.exists()


def test_a_successor_that_cannot_be_stored_leaves_the_old_film_for_later(tmdb, run, old):
    tmdb.films[AVATAR]["title"] = tmdb.films[AVATAR]["original_title"] = ""
    run(OLD)
    assert state() == (False, None)
    failure = SyncFailure.objects.get(pk=OLD)
    assert (failure.reason, "merged into 19995" in failure.detail) == ("unreadable", True)


@pytest.mark.parametrize("kind", ["not_json", "list_instead_of_object"])
def test_nonsense_about_the_imdb_id_is_no_answer(tmdb, run, old, kind):
    tmdb.faults.add(f"/find/{IMDB}", kind)
    run(OLD)
    assert state() == (False, None)


def test_two_films_may_become_one_and_a_batch_is_stored_all_the_same(tmdb, run, old):
    make_movie(OLD + 1, "Another double", imdb_id=IMDB, synced_at=LONG_AGO)
    tally = run(OLD, MATRIX, OLD + 1, AVATAR)
    assert state() == state(OLD + 1) == (True, AVATAR)
    assert (tally.gone, tally.merged) == (2, 2)
    assert Movie.objects.get(pk=MATRIX).synced_at


def test_a_film_that_is_back_stands_alone_again(tmdb, run, old):
    run(OLD)
    tmdb.put_film({"id": OLD, "title": "Avatar's double", "imdb_id": "tt0000001"})
    Movie.objects.filter(pk=OLD).update(gone_at=LONG_AGO)
    run(OLD)
    assert state() == (False, None)


def test_a_reader_who_opens_such_a_film_is_told(tmdb, api, old):
    Movie.objects.filter(pk=OLD).update(synced_at=None)
    body = api.get(f"/api/v1/movies/{OLD}").json()
    assert (body["title"], body["merged_into"]) == ("Avatar's double", AVATAR)
    assert fetch_movie(OLD).merged_into_id == AVATAR


def test_a_run_that_is_stopped_leaves_the_film_as_it_was(client, old):
    """An interrupt while TMDB is asked for the successor: the film is left to the next run, and not put aside."""
    real = client.get

    def stopped_at_find(path, *args, **kwargs):
        if path.startswith("/find"):
            client.stop()
        return real(path, *args, **kwargs)

    client.get = stopped_at_find
    tally = Run(client, Wanted(always=[OLD]), threads=1, progress=None).go()
    assert (tally.fetched, tally.gone, tally.put_aside) == (0, 0, 0)
    assert state() == (False, None)
    assert not SyncFailure.objects.exists()


def test_the_offers_and_the_rest_of_the_old_film_are_kept_for_who_has_it(tmdb, run, old, api, monkeypatch):
    monkeypatch.setattr(merging, "_holders", {})
    Movie.objects.filter(pk=OLD).update(poster_path="/double.jpg", holder_count=1)
    run(OLD)
    body = api.get(f"/api/v1/movies/{OLD}").json()
    assert body["poster"]["w342"].endswith("/double.jpg")
    assert body["merged_into"] == AVATAR
    assert Movie.objects.get(pk=AVATAR).holder_count == 1
    assert OLD not in [row["id"] for row in api.get("/api/v1/movies").json()["results"]]
