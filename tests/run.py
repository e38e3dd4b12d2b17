"""`make test`: the whole suite on the embedded default, then on PostgreSQL and Redis where they can be reached.

`REQUIRE_SERVICES=1` makes it a failure that they cannot. Exits with the first failing run's code.
"""

import os
import subprocess
import sys

import psycopg
import redis

GIVEN = dict(os.environ)  # before the suite's own environment is laid over it

from tests import prepared
from tests.environment import DATABASE, REDIS, SHARED

# One more than there are cores: the tests that kill workers mostly wait. (They are one group of xdist's, "waiting".)
PROCESSES = str(min((os.cpu_count() or 1) + 1, 5))
SQLITE, SERVICES = "embedded", "services"
PLACES = {SQLITE: "SQLite", SERVICES: "PostgreSQL and Redis"}
# Only with what nobody else needs: while tests run, some of them wait.
IN_SPARE_TIME = 19


def environment(on: str) -> dict[str, str]:
    return GIVEN | {"MARQUEE_TEST_ON": on, "MARQUEE_TEST_SHARED": str(SHARED)}


def prepare(on: str, nice: int = 0) -> subprocess.Popen:
    """Migrates the database that all of the suite's are copied from, beside what goes on meanwhile."""
    command = ["nice", "-n", str(nice), sys.executable, "-m", "tests.prepared"]
    return subprocess.Popen(command, env=environment(on))


def suite(on: str) -> int:
    print(f"\nThe suite on {PLACES[on]}.", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", PROCESSES, "--dist", "loadgroup", *sys.argv[1:]]
    return subprocess.run(command, env=environment(on), check=False).returncode


def missing_service() -> str:
    """Which of the services cannot be reached, and why; empty where all can."""
    server = DATABASE.rpartition("/")[0] + "/postgres"
    try:
        psycopg.connect(server.replace("postgres://", "postgresql://", 1), connect_timeout=3).close()
        redis.Redis.from_url(REDIS, socket_connect_timeout=3).ping()
    except (psycopg.Error, redis.RedisError) as fault:
        return str(fault).strip().splitlines()[0]
    return ""


def main() -> int:
    missing = missing_service()
    if missing and GIVEN.get("REQUIRE_SERVICES"):
        print(f"PostgreSQL and Redis are required here, and cannot be reached: {missing}", file=sys.stderr)
        return 1
    preparing = [prepare(SQLITE)]
    if not missing:
        preparing.append(prepare(SERVICES, IN_SPARE_TIME))
    failed = suite(SQLITE)
    if missing:
        print(f"\nNOT run on PostgreSQL and Redis, which cannot be reached: {missing}")
    else:
        failed = suite(SERVICES) or failed
    for process in preparing:
        process.wait()
    prepared.clear_away()
    return failed


if __name__ == "__main__":
    sys.exit(main())
