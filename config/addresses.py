"""What the environment's URLs say. A URL that says nothing of use is a `ValueError`, whose text may hold a secret."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from kombu import Connection
from redis import ConnectionPool, RedisError

SQLITE = "django.db.backends.sqlite3"
DATABASE_SCHEMES = ("postgres", "postgresql", "pgsql", "psql", "sqlite")
REDIS_SCHEMES = ("redis", "rediss")
FOLDER = "filesystem://"
DATABASE_WANTED = (
    "like postgres://user:password@host:5432/name, or sqlite:////folder/file; "
    "signs such as # ? / % in a password as %23 %3F %2F %25"
)
REDIS_WANTED = "like redis://:password@host:6379/0, or rediss:// with TLS; signs such as # ? / % as %23 %3F %2F %25"
BROKER_WANTED = (
    "filesystem://, or like redis://host:6379/0, or another that kombu knows and has the library for; "
    "where it is not set, REDIS_URL is taken, which may have options that kombu does not know"
)
EMAIL_WANTED = "like smtp+tls://user:password@host:587, filemail:///folder, consolemail:// or dummymail://"
HTTP_WANTED = "like https://host/path"


def database(url: str) -> dict[str, Any]:
    """Django's settings of the database: PostgreSQL, or a file of SQLite."""
    parts = urlsplit(url)
    if parts.scheme not in DATABASE_SCHEMES or "://" not in url or (parts.scheme == "sqlite" and parts.netloc):
        raise ValueError(url)
    found = environ.Env.db_url_config(url)
    # Each process would have a database in memory to itself.
    if found["NAME"] in ("", ":memory:") or not isinstance(found.get("CONN_MAX_AGE") or 0, int | float):
        raise ValueError(url)
    return found


def sqlite(path: Path) -> dict[str, Any]:
    """The same for a file, whose path may hold what a URL may not."""
    return {"ENGINE": SQLITE, "NAME": str(path)}


def redis(url: str) -> str:
    """The URL, which redis-py takes as it is, or nothing where it is nothing. Connects to nothing."""
    if not url:
        return url
    parts = urlsplit(url)
    number = parts.path.strip("/")
    if parts.scheme not in REDIS_SCHEMES or not (number.isdecimal() or not number):
        raise ValueError(url)
    try:
        ConnectionPool.from_url(url).make_connection()
    except (TypeError, RedisError) as fault:
        raise ValueError(url) from fault
    return url


def broker(url: str) -> str:
    """The URL, or several apart by semicolons, for whose kinds kombu has what it needs. Connects to nothing."""
    if url.startswith("filesystem:"):
        return FOLDER
    for each in url.split(";"):
        parts = urlsplit(each)
        number = parts.path.strip("/")
        if not parts.scheme or (parts.scheme in REDIS_SCHEMES and number and not number.isdecimal()):
            raise ValueError(url)
        try:
            Connection(each).get_transport_cls()
        except (LookupError, TypeError, ImportError, NameError) as fault:  # NameError: Kafka without its library
            raise ValueError(url) from fault
    return url


def email(url: str) -> dict[str, Any]:
    """Django's settings of the way that mail goes."""
    try:
        found = environ.Env.email_url_config(url)
    except ImproperlyConfigured as fault:
        raise ValueError(url) from fault
    needed = {"filemail": "EMAIL_FILE_PATH", "smtp": "EMAIL_HOST"}.get(url.partition(":")[0].partition("+")[0])
    if needed and not found[needed]:
        raise ValueError(url)
    return found


def http(url: str) -> str:
    """The URL, or nothing where it is nothing."""
    parts = urlsplit(url)
    is_whole = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port)
    if url and (not is_whole or " " in url):
        raise ValueError(url)
    return url
