"""Real workers on a Redis of the test's own: killed in the middle of every round, and Redis restarted under them."""

import json
import signal
import subprocess
import time

import pytest
import redis
from django.conf import settings

from catalog.sync.logbook import scheduled
from catalog.tests.facts import told
from catalog.tmdb.standin import StandIn
from tests.environment import ON_SERVICES
from tests.redis_site import RedisSite
from tests.test_worker import ended, eventually
from web.caches import ERA
from web.tests.redis_server import RedisServer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("waiting"),
    pytest.mark.skipif(not ON_SERVICES, reason="looked at in the run on services, of which it needs a Redis"),
]
FILM = "/movie/[0-9]*"
OLD = "2020-01-01 00:00:00"
FILMS, KNOWN = 60, 150
MATRIX, STRANGE = 603, 5_000_000
AWAY_SECONDS = 10
DOUBTFUL = list(range(8_000_001, 8_000_011))
# Each of the schedule is killed, and has Redis restarted under it, in the test of one of these.
FETCHING = {"details", "changes", "charts", "reference"}
OTHERS = {"retention", "export", "suspects", "search"}


@pytest.fixture
def server(tmp_path):
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def standin():
    with StandIn() as standin:
        yield standin


@pytest.fixture
def site(tmp_path, standin, server):
    return RedisSite(tmp_path, standin, server)


@pytest.fixture
def filled(site, standin):
    """A catalogue that is stale, and has changed at TMDB; and films that await their details."""
    site.manage("sync_catalog", "--popular", str(FILMS))
    held = [key for (key,) in site.rows("SELECT tmdb_id FROM catalog_movie ORDER BY tmdb_id")]
    site.rows(f"UPDATE catalog_movie SET synced_at = '{OLD}'")
    for key in held:
        standin.put_film(standin.films[key] | {"title": f"Changed {key}"})
    known = [key for key in standin.films if key not in held][:KNOWN]
    site.shell(
        "from catalog.models import Movie\n"
        f"Movie.objects.bulk_create(Movie(tmdb_id=key, title='Known') for key in {known})\nprint('made')"
    )
    return site


@pytest.fixture
def workers():
    """Those that the test started, none of which outlives it."""
    started: list[subprocess.Popen] = []
    yield started
    for worker in started:
        worker.kill()
        worker.wait()


def test_every_round_of_the_catalogue_is_among_those_that_are_killed_here():
    tasks = {name: settings.CELERY_BEAT_SCHEDULE[name]["task"] for name in scheduled()}
    assert {name for name, task in tasks.items() if task.startswith("catalog.")} == FETCHING | OTHERS


def kill(worker):
    ended(worker, signal.SIGKILL)


def test_rounds_whose_worker_is_killed_are_seen_and_made_again(filled, standin, workers):
    site, rounds = filled, FETCHING
    for path, seconds in ((FILM, 1.5), ("/movie/upcoming", 20), ("/genre/movie/list", 20)):
        standin.faults.add(path, "stall", seconds=seconds)
    workers.append(site.worker())
    standin.record.forget()
    site.send_all(*(f"refresh_{name}" for name in sorted(rounds)))
    eventually(lambda: site.begun() == rounds and site.count(f"synced_at > '{OLD}'") > 0)
    kill(workers[0])
    assert site.begun() == rounds
    assert site.count("synced_at IS NULL") > 0
    standin.faults.clear()
    site.let_time_pass()
    states = {row["name"]: row["status"] for row in json.loads(site.manage("sync_status", "--json"))["rounds"]}
    assert {states[name] for name in rounds} == {"unended"}
    workers.append(site.worker())
    eventually(lambda: site.done() == rounds)
    assert site.count(f"synced_at IS NULL OR synced_at <= '{OLD}'") == 0
    assert site.rows("SELECT count(*) FROM catalog_chartentry") == [(100,)]
    assert site.rows("SELECT count(*) FROM catalog_genre WHERE tmdb_id = 28") == [(1,)]
    facts = site.facts()
    assert len(facts) >= FILMS + KNOWN
    assert all(film == told(standin.films[int(key)]) for key, film in facts.items())
    assert ended(workers[1]) == 0


@pytest.fixture
def aged(site, standin):
    """Films of long ago that TMDB's export does not list, and a few that are suspected to be gone, and are."""
    site.environment["TMDB_EXPORTS_URL"] = standin.exports_url
    site.shell(
        "from catalog.models import Movie\n"
        f"Movie.objects.bulk_create(Movie(tmdb_id=key + {STRANGE}, title='Old', overview='Old.', digest='d',"
        " rating_total=7, synced_at='2020-01-01T00:00:00Z' if key > 10 else '2999-01-01T00:00:00Z')"
        " for key in range(1, 6001))\n"
        f"Movie.objects.bulk_create(Movie(tmdb_id=key, title='Doubtful', suspected_at='{OLD}Z')"
        f" for key in {DOUBTFUL})\n"
        "print('made')"
    )
    return site


FORGOTTEN, INDEXED = "overview = '' AND title = 'Old'", "SELECT count(*) FROM catalog_moviesearch"


def begin_the_others(site):
    """All four are at it; that of retention, which needs no TMDB, in its middle."""
    site.send_all("take_in_export", "check_suspects")
    eventually(lambda: site.begun() == {"export", "suspects"})
    site.send("forget_old")
    eventually(lambda: site.count(FORGOTTEN) > 0)


def assert_the_others_are_done(site, standin):
    """And nothing that is young was forgotten."""
    assert site.count("overview = '' AND digest = '' AND synced_at IS NULL AND rating_total = 7") == 5990
    assert site.count(f"overview = 'Old.' AND tmdb_id <= {STRANGE + 10} AND title = 'Old'") == 10
    assert site.count(f"tmdb_id < {STRANGE}") == len(standin.films)
    assert site.count("title = 'Doubtful' AND gone_at IS NOT NULL AND suspected_at IS NULL") == len(DOUBTFUL)
    assert site.rows(INDEXED)[0][0] >= 6000


def test_the_other_jobs_are_finished_too_and_forget_nothing_that_is_young(aged, standin, workers):
    site, rounds = aged, OTHERS - {"search"}
    for path, seconds in ((FILM, 8), ("/exports/*", 20)):
        standin.faults.add(path, "stall", seconds=seconds)
    workers.append(site.worker())
    site.send("refresh_movie", MATRIX)
    begin_the_others(site)
    kill(workers[0])
    assert site.begun() == rounds
    assert 0 < site.count(FORGOTTEN) < 5990
    assert site.count(f"{FORGOTTEN} AND synced_at IS NOT NULL") == 0
    standin.faults.clear()
    site.let_time_pass()
    workers.append(site.worker())
    eventually(lambda: site.done() == rounds and site.count(f"tmdb_id = {MATRIX} AND synced_at IS NOT NULL") == 1)
    site.rows("DELETE FROM catalog_moviesearch")
    site.send("refresh_search")
    eventually(lambda: site.rows(INDEXED)[0][0] > 0)
    kill(workers[1])
    assert site.begun() == {"search"}
    site.let_time_pass()
    workers.append(site.worker())
    eventually(lambda: site.done() == OTHERS)
    assert_the_others_are_done(site, standin)


def be_away(server, *workers):
    """Redis is, with all that it held."""
    server.stop()
    time.sleep(AWAY_SECONDS)
    assert [worker.poll() for worker in workers] == [None] * len(workers)
    server.start()


def test_a_worker_that_has_redis_back_ends_what_was_rendered_before(site, server, workers):
    workers.append(site.worker("config.start", "worker"))
    site.send("refresh_reference")
    eventually(lambda: "reference" in site.done())
    be_away(server, *workers)
    with redis.Redis.from_url(server.url) as client:
        era = f"{site.environment['CACHE_KEY_PREFIX']}:1:{ERA}"
        client.set(era, "of before")
        eventually(lambda: not client.exists(era))


def test_a_redis_that_restarts_empty_in_the_middle_loses_nothing(filled, standin, server, workers):
    site, rounds = filled, FETCHING
    for path, seconds in ((FILM, 0.3), ("/movie/upcoming", 5), ("/genre/movie/list", 5)):
        standin.faults.add(path, "stall", seconds=seconds)
    workers.append(site.worker("config.start", "worker"))
    site.send_all(*(f"refresh_{name}" for name in sorted(rounds)))
    eventually(lambda: site.begun() == rounds and site.count(f"synced_at > '{OLD}'") > 0)
    assert site.count("synced_at IS NULL") > 0
    be_away(server, *workers)
    eventually(lambda: site.done() == rounds)
    assert site.count(f"synced_at IS NULL OR synced_at <= '{OLD}'") == 0
    site.rows("DELETE FROM catalog_syncround WHERE name = 'reference'")
    site.send("refresh_reference")
    eventually(lambda: "reference" in site.done())
    assert ended(workers[0]) == 0


def test_a_redis_that_restarts_empty_under_the_other_jobs_loses_nothing_either(aged, standin, server, workers):
    site, rounds = aged, OTHERS
    for path, seconds in ((FILM, 3), ("/exports/*", 5)):
        standin.faults.add(path, "stall", seconds=seconds)
    workers.append(site.worker())
    site.rows("DELETE FROM catalog_moviesearch")
    begin_the_others(site)
    site.send("refresh_search")
    eventually(lambda: "search" in site.begun() | site.done())
    be_away(server, *workers)
    eventually(lambda: site.done() == rounds)
    assert_the_others_are_done(site, standin)
    assert ended(workers[0]) == 0
