"""A run: what it fetches, what it leaves alone, and what it does about TMDB's faults."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Movie, SyncFailure
from catalog.sync import Run, Wanted, preview, run, stale_movies
from catalog.sync.failures import put_aside, wait_after
from catalog.sync.outcomes import Failed
from catalog.tests.facts import held, held_of, told
from catalog.tmdb.errors import TMDBUnauthorized
from catalog.tmdb.standin import StandIn
from catalog.tmdb.standin.faults import KINDS

pytestmark = pytest.mark.django_db
AVATAR, MATRIX, TITANIC, STAR_WARS, FIGHT_CLUB = 19995, 603, 597, 11, 550
Reason = SyncFailure.Reason
PUT_ASIDE = {
    **dict.fromkeys(("html500", "reset", "truncated", "stall", "status429"), Reason.UNAVAILABLE),
    **dict.fromkeys(("status500", "status502", "status503", "status504"), Reason.UNAVAILABLE),
    **dict.fromkeys(("empty200", "not_json", "list_instead_of_object", "error_in_200"), Reason.UNREADABLE),
}


def detail_calls(tmdb):
    return [
        int(call.path.removeprefix("/movie/")) for call in tmdb.calls if call.path.removeprefix("/movie/").isdigit()
    ]


def assert_held_as_told(tmdb, ids):
    for key, film in held_of(ids).items():
        assert film == told(tmdb.films[key])


def test_the_most_popular_films_are_fetched_once_each(tmdb, client):
    tally = run(client, Wanted(popular=70))
    asked = detail_calls(tmdb)
    assert len(asked) == len(set(asked)) == 70
    assert (tally.fetched, tally.changed, tally.put_aside) == (70, 70, 0)
    ranked = sorted(tmdb.films.facts(), key=lambda film: (-film["popularity"], film["id"]))
    assert set(asked) == {film["id"] for film in ranked[:70]}
    assert_held_as_told(tmdb, asked)


def test_what_is_held_fresh_is_not_fetched_again(tmdb, client_of):
    run(client_of(tmdb), Wanted(popular=30))
    tmdb.record.forget()
    tally = run(client_of(tmdb), Wanted(popular=50))
    assert (tally.fetched, tally.fresh) == (20, 30)
    assert len(detail_calls(tmdb)) == 20


def test_films_asked_for_by_id_are_always_fetched(tmdb, client_of):
    run(client_of(tmdb), Wanted(always=[AVATAR]))
    tally = run(client_of(tmdb), Wanted(always=[AVATAR, AVATAR]))
    assert (tally.fetched, tally.unchanged) == (1, 1)
    assert detail_calls(tmdb) == [AVATAR, AVATAR]


def test_a_list_shorter_than_asked_for_ends_the_run(client_of):
    with StandIn(films=[{"id": key, "title": f"Film {key}", "popularity": key} for key in range(1, 46)]) as tmdb:
        tally = run(client_of(tmdb), Wanted(popular=1000))
        assert tally.fetched == 45
        assert sorted(call.query["page"] for call in tmdb.calls if call.path == "/movie/popular") == ["1", "2", "3"]


@pytest.mark.parametrize(("kind", "reason"), PUT_ASIDE.items())
def test_a_film_that_fails_is_put_aside_and_the_run_goes_on(tmdb, client_of, kind, reason):
    tmdb.faults.add(MATRIX, kind, retry_after=0)
    tally = run(client_of(tmdb, timeout=0.2), Wanted(always=[AVATAR, MATRIX, TITANIC]))
    assert (tally.fetched, dict(tally.aside)) == (2, {reason.value: 1})
    assert_held_as_told(tmdb, [AVATAR, TITANIC])
    assert not Movie.objects.filter(pk=MATRIX).exists()
    failure = SyncFailure.objects.get()
    assert (failure.tmdb_id, failure.reason, failure.attempts) == (MATRIX, reason, 1)
    assert failure.detail
    assert client_of(tmdb).base_url not in failure.detail


def test_every_fault_of_the_stand_in_is_in_one_of_these_tests():
    assert set(KINDS) == PUT_ASIDE.keys() | {"vanish", "suspended"}


def test_success_takes_a_film_out_of_those_aside(tmdb, client_of):
    tmdb.faults.add(MATRIX, "html500", 3)
    run(client_of(tmdb), Wanted(always=[MATRIX]))
    assert SyncFailure.objects.exists()
    run(client_of(tmdb), Wanted(always=[MATRIX]))
    assert not SyncFailure.objects.exists()
    assert_held_as_told(tmdb, [MATRIX])


def test_an_id_that_vanishes_between_list_and_detail_is_no_failure(tmdb, client_of):
    run(client_of(tmdb), Wanted(always=[AVATAR]))
    before = held(AVATAR)
    for key in (AVATAR, MATRIX):
        tmdb.faults.add(key, "vanish")
    tally = run(client_of(tmdb), Wanted(always=[AVATAR, MATRIX, TITANIC]))
    assert (tally.gone, tally.fetched, tally.put_aside) == (2, 3, 0)
    assert held(AVATAR) == before | {"gone": held(AVATAR)["gone"]}
    assert Movie.objects.get(pk=AVATAR).gone_at
    assert not Movie.objects.filter(pk=MATRIX).exists()


@pytest.mark.parametrize("body", [{"id": 1}, {"id": MATRIX, "title": ""}, {"id": "x"}, {"title": "No id"}])
def test_a_malformed_film_is_unreadable(tmdb, client, body):
    tmdb.films[MATRIX] = body
    run(client, Wanted(always=[MATRIX, AVATAR]))
    assert SyncFailure.objects.get().reason == Reason.UNREADABLE
    assert_held_as_told(tmdb, [AVATAR])


@pytest.mark.parametrize("part", ["credits", "videos", "keywords", "translations", "watch/providers", "release_dates"])
@pytest.mark.parametrize("junk", [None, [], "text", {"results": [], "cast": [None, 7], "keywords": {}}])
def test_a_malformed_part_does_not_lose_the_film(tmdb, client, part, junk):
    tmdb.films[MATRIX][part] = junk
    assert run(client, Wanted(always=[MATRIX])).changed == 1
    assert_held_as_told(tmdb, [MATRIX])


def test_a_refused_token_stops_the_run_once_what_was_fetched_is_stored(tmdb, client_of):
    tmdb.faults.add(FIGHT_CLUB, "suspended")
    with pytest.raises(TMDBUnauthorized):
        run(client_of(tmdb, threads=1), Wanted(always=[AVATAR, MATRIX, FIGHT_CLUB]), threads=1)
    assert_held_as_told(tmdb, [AVATAR, MATRIX])
    assert not SyncFailure.objects.exists()


def test_a_lost_page_of_the_list_is_counted_and_the_next_one_asked_for(tmdb, client):
    tmdb.faults.add("/movie/popular", "html500", 3)
    tally = run(client, Wanted(popular=20))
    assert tally.lost_pages == 1
    assert tally.fetched == 20


def test_a_list_that_cannot_be_had_at_all_ends_the_run(tmdb, client):
    tmdb.faults.add("/movie/popular", "html500")
    tally = run(client, Wanted(popular=1000))
    assert (tally.lost_pages, tally.fetched) == (3, 0)


def test_an_interrupt_stores_what_was_fetched(tmdb, client):
    class Interrupt:
        def show(self, tally):
            if tally.fetched:
                raise KeyboardInterrupt

    started = Run(client, Wanted(popular=400), threads=4, progress=Interrupt())
    with pytest.raises(KeyboardInterrupt):
        started.go()
    assert 0 < Movie.objects.count() < 400
    assert not started.fetched or Movie.objects.count() >= started.tally.fetched
    assert not SyncFailure.objects.exists()


def test_the_longest_waiting_are_stale_first_and_those_aside_when_they_are_due(tmdb, client):
    now = timezone.now()
    run(client, Wanted(always=[AVATAR, MATRIX, TITANIC, STAR_WARS, FIGHT_CLUB]))
    for key, days in ((AVATAR, 8), (MATRIX, 30), (TITANIC, 1), (STAR_WARS, 20)):
        Movie.objects.filter(pk=key).update(synced_at=now - timedelta(days=days))
    Movie.objects.filter(pk=FIGHT_CLUB).update(synced_at=now - timedelta(days=60), gone_at=now)
    put_aside([Failed(STAR_WARS, Reason.UNAVAILABLE, "")], now)
    put_aside([Failed(1, Reason.UNAVAILABLE, "")], now - timedelta(hours=1))
    assert list(stale_movies(now)) == [1, MATRIX, AVATAR]


def test_a_film_that_fails_again_waits_twice_as_long():
    now = timezone.now()
    for attempt in range(1, 5):
        put_aside([Failed(1, Reason.UNAVAILABLE, "again\x00")], now)
        failure = SyncFailure.objects.get()
        assert (failure.attempts, failure.retry_at - now) == (attempt, wait_after(attempt))
    assert wait_after(2) == 2 * wait_after(1)
    assert wait_after(10_000) == timedelta(days=7)


def test_a_preview_asks_for_the_list_alone(tmdb, client_of):
    run(client_of(tmdb), Wanted(popular=10))
    tmdb.record.forget()
    assert preview(client_of(tmdb), Wanted(always=[1], popular=50), timezone.now) == (41, 10)
    assert not detail_calls(tmdb)
