"""Where the bench runs: a database and cache keys of its own on PostgreSQL and Redis, or else SQLite and files."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis

ROOT = Path(__file__).resolve().parent.parent
DATABASE = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/marquee")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
SUITE = os.environ.get("SUITE", "")
NAME = f"marquee_bench{SUITE and '_' + SUITE}"
PREFIX = f"marquee-bench{SUITE}"
NO_LIMIT = "1000000000/min"


@contextmanager
def place() -> Iterator[dict[str, str]]:
    """The environment of every process of the bench; what it made is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="marquee-bench-") as folder:
        Path(folder, "static").mkdir()
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "ENV_FILE": os.devnull,
            "SECRET_KEY": "only-for-the-bench-" + "x" * 40,
            "DATA_DIR": folder,
            "CACHE_KEY_PREFIX": PREFIX,
            "THROTTLE_ANON": NO_LIMIT,
            "WEB_CONCURRENCY": "1",
            "LOG_LEVEL": "INFO",
            "NUM_PROXIES": "1",
        }
        server = DATABASE.rpartition("/")[0].replace("postgres://", "postgresql://", 1)
        if not services_answer(server):
            yield environment
            return
        recreate(server)
        try:
            yield environment | {"DATABASE_URL": f"{DATABASE.rpartition('/')[0]}/{NAME}", "REDIS_URL": REDIS}
        finally:
            clean(server)


def services_answer(server: str) -> bool:
    try:
        psycopg.connect(f"{server}/postgres", connect_timeout=3).close()
        redis.Redis.from_url(REDIS, socket_connect_timeout=3).ping()
    except (psycopg.Error, redis.RedisError):
        return False
    return True


def recreate(server: str) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {NAME}")


def clean(server: str) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
    cache = redis.Redis.from_url(REDIS)
    for key in cache.scan_iter(f"*{PREFIX}*", count=1000):
        cache.delete(key)


def manage(environment: dict[str, str], *command: str) -> str:
    """What a management command prints; raises `CalledProcessError` where it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout
