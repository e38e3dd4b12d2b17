"""An installation on SQLite and a Redis of a test's own, whose worker and whose Redis may end at any moment."""

import json
import subprocess
import sys
import time
from contextlib import closing

import redis

from tests.hasty_worker import SECONDS
from tests.test_worker import ROOT, Site, sending_to
from web.tests.redis_server import RedisServer


class RedisSite(Site):
    """An installation on SQLite and a Redis, whose cache, locks and broker it is."""

    def __init__(self, folder, standin, server: RedisServer) -> None:
        super().__init__(folder, standin)
        self.environment |= {"REDIS_URL": server.url, "CELERY_BROKER_URL": server.url}
        self.server = server
        self.tasks = sending_to(server.url, self.environment, folder)

    def worker(self, *module: str) -> subprocess.Popen:
        command = [sys.executable, "-m", *(module or ["tests.hasty_worker"])]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, **quiet)

    def send_all(self, *names: str) -> None:
        for name in names:
            self.send(name)

    def count(self, condition: str) -> int:
        return self.rows(f"SELECT count(*) FROM catalog_movie WHERE {condition}")[0][0]

    def begun(self) -> set[str]:
        """The rounds that have begun and not ended."""
        ended = "max(coalesce(succeeded_at, ''), coalesce(failed_at, ''))"
        return {name for (name,) in self.rows(f"SELECT name FROM catalog_syncround WHERE began_at > {ended}")}

    def done(self) -> set[str]:
        """The rounds whose last time ended well."""
        return {name for (name,) in self.rows("SELECT name FROM catalog_syncround WHERE succeeded_at > began_at")}

    def let_time_pass(self) -> None:
        """The locks of those that were killed lapse, and their tasks are due to the worker that starts next."""
        with closing(redis.Redis.from_url(self.server.url)) as client:
            (unacknowledged,) = set(client.scan_iter("*unacked_index"))
            taken_at = [at for _, at in client.zrange(unacknowledged, 0, -1, withscores=True)]
            time.sleep(max(0, max(taken_at) + SECONDS - time.time()))
            for key in client.scan_iter("*sync-round*"):
                client.delete(key)

    def facts(self) -> dict[str, dict]:
        command = [sys.executable, "-m", "catalog.tests.facts"]
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": "config.settings"}
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=True
        )
        return json.loads(done.stdout)
