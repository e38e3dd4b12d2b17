"""The migrated database, made once in a run: each process of the suite, and each installation it makes, takes a copy.

To apply all migrations takes seconds of Django's own, and a run would do so dozens of times.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import psycopg
from django.db import connection

from tests.environment import DATABASE, IS_FIRST, ON_SERVICES, ROOT, SHARED

FILE = "marquee.sqlite3"
SERVER, _, _NAME = DATABASE.replace("postgres://", "postgresql://", 1).rpartition("/")
# Databases of PostgreSQL are no files in the shared folder: a file there tells that this one is ready.
TEMPLATE = f"{_NAME}_template"


def _once(name: str, make: Callable[[Path], object]) -> Path:
    """The shared thing of that name, made by the first process that asks, for which the others wait."""
    path = SHARED / name
    with Path(SHARED, f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            make(path)
    return path


def _migrate(folder: Path, **where: str) -> None:
    own = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "DATA_DIR": str(folder)}
    environment = own | {name: os.environ[name] for name in ("SECRET_KEY", "PASSWORD_ROUNDS")} | where
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=180)


def _file(path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=SHARED) as folder:
        _migrate(Path(folder))
        Path(folder, FILE).rename(path)


def _on_the_server(*statements: str) -> None:
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        for statement in statements:
            server.execute(statement)


def _template(path: Path) -> None:
    _on_the_server(f'DROP DATABASE IF EXISTS "{TEMPLATE}"', f'CREATE DATABASE "{TEMPLATE}"')
    with tempfile.TemporaryDirectory(dir=SHARED) as folder:
        _migrate(Path(folder), DATABASE_URL=f"{DATABASE.rpartition('/')[0]}/{TEMPLATE}")
    path.touch()


def install(folder: Path) -> None:
    """Puts a migrated database, with nothing in it, where an installation with this data folder looks for its own."""
    shutil.copy(_once(FILE, _file), Path(folder, FILE))


def lay_out() -> None:
    """For the database of this process of the suite, which Django is about to set up."""
    if ON_SERVICES:
        _once("template", _template)
        connection.settings_dict["TEST"]["TEMPLATE"] = TEMPLATE
    else:
        shutil.copy(_once(FILE, _file), connection.creation._get_test_db_name())


def clear_away() -> None:
    """At the end of the run, what lies outside of its folder."""
    if IS_FIRST and Path(SHARED, "template").exists():
        _on_the_server(f'DROP DATABASE IF EXISTS "{TEMPLATE}"')


if __name__ == "__main__":  # ahead of a run, which waits for it where it must
    _once(*(("template", _template) if ON_SERVICES else (FILE, _file)))
