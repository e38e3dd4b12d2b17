"""`make test`: the whole suite on the embedded default, then on PostgreSQL and Redis where they can be reached.

`REQUIRE_SERVICES=1` makes it a failure that they cannot. Exits with the first failing run's code.
"""

import os
import subprocess
import sys

import psycopg
import redis

GIVEN = dict(os.environ)  # before the suite's own environment is laid over it

from tests.environment import DATABASE, REDIS

# One more than there are cores: the tests that kill workers mostly wait.
PROCESSES = str(min((os.cpu_count() or 1) + 1, 5))


def suite(on: str) -> int:
    print(f"\nThe suite on {on}.", flush=True)
    environment = GIVEN | {"MARQUEE_TEST_ON": "services" if on != "SQLite" else "embedded"}
    command = [sys.executable, "-m", "pytest", "-q", "-n", PROCESSES, "--dist", "loadgroup", *sys.argv[1:]]
    return subprocess.run(command, env=environment, check=False).returncode


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
    failed = suite("SQLite")
    if missing:
        print(f"\nNOT run on PostgreSQL and Redis, which cannot be reached: {missing}")
        return failed
    return suite("PostgreSQL and Redis") or failed


if __name__ == "__main__":
    sys.exit(main())
