"""Real workers over real brokers: tasks run, a killed worker loses nothing, and the platform goes on without Redis."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from celery import Celery

from catalog.tmdb.standin import StandIn
from config.addresses import FOLDER
from config.broker import restore
from config.places import broker_options
from tests import prepared
from tests.environment import ON_SERVICES, REDIS

ROOT = Path(__file__).resolve().parent.parent
WITHIN = 120  # of seconds; a busy machine takes long to start a worker
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("waiting")]


def sending_to(broker: str, environment: dict[str, str], folder: Path) -> Celery:
    """The suite's own hand at a site's broker: it takes no process to send a task."""
    options = broker_options(broker, folder / "broker", environment["CACHE_KEY_PREFIX"])
    return Celery(broker=broker, set_as_current=False, changes={"broker_transport_options": options})


class Site:
    """An installation of its own on SQLite, whose broker is files, or Redis where the suite runs on it."""

    def __init__(self, folder: Path, standin: StandIn) -> None:
        self.environment = {
            "PATH": os.environ["PATH"],
            "ENV_FILE": os.devnull,
            "SECRET_KEY": "only-for-the-tests-" + "x" * 40,
            "DATA_DIR": str(folder),
            "TMDB_BASE_URL": standin.base_url,
            "TMDB_TOKEN": standin.token,
            "TMDB_RATE": "0",
            "CACHE_KEY_PREFIX": f"{os.environ['CACHE_KEY_PREFIX']}:{folder.name}",  # cleaned away with the suite's own
        }
        if ON_SERVICES:
            self.environment["CELERY_BROKER_URL"] = REDIS
        self.tasks = sending_to(self.environment.get("CELERY_BROKER_URL", FOLDER), self.environment, folder)
        self.database = folder / prepared.FILE
        prepared.install(folder)

    def manage(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=180,
        )
        return done.stdout.strip()

    def shell(self, code: str) -> str:
        return self.manage("shell", "--no-imports", "-c", code).splitlines()[-1]

    def worker(self, output=subprocess.DEVNULL) -> subprocess.Popen:
        from config import processes

        command = processes.worker(with_beat=False)
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=output, stderr=subprocess.DEVNULL)

    def enqueue(self, *movies: int) -> None:
        self.shell(
            "from catalog.tasks import refresh_movie\n"
            f"[refresh_movie.delay(number) for number in {list(movies)}]\nprint('sent')"
        )

    def send(self, name: str, *arguments: object) -> None:
        self.tasks.send_task(f"catalog.tasks.{name}", args=arguments, queue="sync")

    def rows(self, query: str) -> list[tuple]:
        """Asked of the database itself: to start a process for each look would keep the worker from its work."""
        with closing(sqlite3.connect(self.database, timeout=30)) as database:
            found = database.execute(query).fetchall()
            database.commit()
            return found

    def held(self) -> list[int]:
        held = self.rows("SELECT tmdb_id FROM catalog_movie WHERE synced_at IS NOT NULL ORDER BY tmdb_id")
        return [movie_id for (movie_id,) in held]


@pytest.fixture
def standin():
    with StandIn() as standin:
        yield standin


@pytest.fixture
def site(tmp_path, standin):
    return Site(tmp_path, standin)


def eventually(check):
    deadline = time.monotonic() + WITHIN
    while not check() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert check()


def ended(worker, how=signal.SIGTERM):
    worker.send_signal(how)
    return worker.wait(20)


def test_what_is_enqueued_is_done_by_the_worker(site):
    site.enqueue(603, 238)
    worker = site.worker()
    try:
        eventually(lambda: site.held() == [238, 603])
    finally:
        assert ended(worker) == 0


def test_a_worker_that_is_killed_leaves_what_the_next_round_finishes(site, standin):
    site.manage("sync_catalog", "--movie", "603")
    site.rows("UPDATE catalog_movie SET synced_at = '2020-01-01 00:00:00'")
    standin.faults.add(603, "stall", seconds=1)
    site.send("refresh_movie", 603)
    worker = site.worker()
    before = standin.record.total
    eventually(lambda: standin.record.total > before)
    ended(worker, signal.SIGKILL)
    standin.faults.clear()
    site.manage("sync_catalog", "--stale")
    assert site.rows("SELECT count(*) FROM catalog_movie WHERE synced_at > '2021'") == [(1,)]


@pytest.mark.skipif(ON_SERVICES, reason="the broker is Redis in this run")
def test_a_message_whose_worker_was_killed_is_done_by_the_next(site, standin, tmp_path):
    standin.faults.add(603, "stall", seconds=8, times=1)
    site.send("refresh_movie", 603)
    worker = site.worker()
    eventually(lambda: list((tmp_path / "broker").glob("*.taken")))
    ended(worker, signal.SIGKILL)
    assert site.held() == []
    assert restore(tmp_path / "broker") == 1
    worker = site.worker()
    try:
        eventually(lambda: site.held() == [603])
        eventually(lambda: not list((tmp_path / "broker").glob("*.msg*")))
    finally:
        ended(worker, signal.SIGKILL)


def test_a_worker_that_is_asked_to_end_finishes_what_it_began(site, standin):
    standin.faults.add(603, "stall", seconds=1, times=1)
    site.send("refresh_movie", 603)
    worker = site.worker()
    eventually(lambda: standin.record.total > 0 or site.held())
    assert ended(worker) == 0
    assert site.held() in ([603], [])


@pytest.mark.skipif(ON_SERVICES, reason="the broker is Redis in this run")
def test_a_broken_message_does_not_stop_the_worker(site, tmp_path):
    broker = tmp_path / "broker"
    broker.mkdir(exist_ok=True)
    (broker / "1_broken.sync.msg").write_text("{ this is no message")
    site.send("refresh_movie", 603)
    worker = site.worker()
    try:
        eventually(lambda: site.held() == [603])
    finally:
        ended(worker, signal.SIGKILL)


def test_a_task_that_fails_is_said_in_the_log(site, tmp_path):
    site.send("refresh_movie", "no number")
    log = tmp_path / "worker.log"
    with log.open("wb") as output:
        worker = site.worker(output)
        try:
            eventually(lambda: "refresh_movie" in log.read_text() and "no number" in log.read_text())
        finally:
            ended(worker, signal.SIGKILL)


def test_the_schedule_names_tasks_that_the_worker_knows():
    from config.celery import app
    from config.schedule import SCHEDULE

    app.loader.import_default_modules()
    assert SCHEDULE
    assert {entry["task"] for entry in SCHEDULE.values()} <= app.tasks.keys()
