"""Commands of the project as processes of their own, on a database that the test can look into."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from catalog.tmdb.standin import StandIn
from tests import prepared


class Beside:
    """Runs `manage.py` against a stand-in: on the suite's PostgreSQL, or on an SQLite file of its own."""

    def __init__(self, stand_in: StandIn, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.environment = os.environ | {
            "DATA_DIR": str(data_dir),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "TMDB_BASE_URL": stand_in.base_url,
            "TMDB_TOKEN": stand_in.token,
            "TMDB_RATE": "0",
        }
        if settings.DATABASE_URL:
            name = connection.settings_dict["NAME"]
            self.environment["DATABASE_URL"] = urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()
        else:
            prepared.install(data_dir)

    def start(self, *command: str) -> subprocess.Popen:
        return self._popen("manage.py", *command)

    def run(self, *command: str) -> tuple[int, str, str]:
        """Exit code, output and errors."""
        process = self.start(*command)
        output, errors = process.communicate(timeout=120)
        return process.returncode, output, errors

    def facts(self, *movie_ids: int) -> dict[int, Any]:
        """These films, or all, with their parts."""
        output, errors = self._popen("-m", "catalog.tests.facts", *map(str, movie_ids)).communicate(timeout=120)
        assert output, errors
        return {int(key): facts for key, facts in json.loads(output).items()}

    def held(self) -> set[int]:
        """The ids of the films stored so far."""
        return {key for (key,) in self.rows("SELECT tmdb_id FROM catalog_movie")}

    def count(self) -> int:
        """How many those are: to be asked again and again, beside a process that is to get on."""
        return self.rows("SELECT count(*) FROM catalog_movie")[0][0]

    def rows(self, query: str) -> list[tuple]:
        """What is stored by now."""
        if settings.DATABASE_URL:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchall()
        with closing(sqlite3.connect(self.data_dir / "marquee.sqlite3")) as database:
            return database.execute(query).fetchall()

    def _popen(self, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
