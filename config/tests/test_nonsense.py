"""Nonsense in any variable of `.env.example`: one line that names the variable, and shows no secret."""

import os
import re
import runpy
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError

from config import first_start
from config.first_start import StartError, prepare
from web import logging, reporting

pytestmark = pytest.mark.embedded

ROOT = Path(__file__).resolve().parent.parent.parent
LONG = "only-for-this-test-" + "x" * 40
NAMES = re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
# Stands in the values of those that may hold a secret.
HUSH = "hush"
NONSENSE = {
    "DEBUG": ["perhaps", "2", " "],
    "ALLOWED_HOSTS": ["https://movies.example.org", "localhost:8000", f"localhost,{HUSH}@host", ",", " "],
    "HOST": ["256.0.0.1", "http://localhost", " "],
    "PORT": ["eighty", "0", "65536", "80.5", "1" * 5000],
    "WEB_CONCURRENCY": ["many", "0", "257"],
    "WEB_THREADS": ["many", "0", "257"],
    "NUM_PROXIES": ["one", "-1", "21"],
    "HTTPS": ["perhaps", "https"],
    "METRICS_TOKEN": [f"{HUSH} now", f"{HUSH}é"],
    "DATA_DIR": ["/dev/null/var", "/" + "x" * 300],
    "DATABASE_URL": [
        HUSH,
        f"oracle://{HUSH}@host/name",
        f"postgres://user:{HUSH}@host:port/name",
        f"postgres://user:{HUSH}@host",
        f"postgres://user:{HUSH}@host/name?conn_max_age=long",
        "sqlite://:memory:",
        "sqlite:////dev/null/file",
        "sqlite:////" + "x" * 300,
    ],
    "REDIS_URL": [HUSH, f"http://:{HUSH}@host", f"redis://:{HUSH}@host:port/0", f"redis://:{HUSH}@host/first"],
    "CACHE_KEY_PREFIX": [f"{HUSH} now", f"{HUSH}é"],
    "CELERY_BROKER_URL": [HUSH, f"redis://:{HUSH}@host/first", f"confluentkafka://{HUSH}@host", f"sqs://{HUSH}@host"],
    "TMDB_TOKEN": [f"{HUSH} now", f"{HUSH}é"],
    "TMDB_BASE_URL": [HUSH, f"ftp://{HUSH}@host", f"https://{HUSH}@host:port", "https://"],
    "TMDB_EXPORTS_URL": [HUSH, f"ftp://{HUSH}@host", f"https://{HUSH}@host:port", "https://"],
    "GOOGLE_CLIENT_ID": [f"{HUSH} now"],
    "GOOGLE_CLIENT_SECRET": [f"{HUSH} now", f"{HUSH}é"],
    "FACEBOOK_CLIENT_ID": [f"{HUSH} now"],
    "FACEBOOK_CLIENT_SECRET": [f"{HUSH} now"],
    "OIDC_PROVIDERS": [
        HUSH,
        "{}",
        f'[{{"id": "work", "secret": "{HUSH}"}}]',
        f'[{{"id": "Work it", "name": "W", "server_url": "https://id", "client_id": "m", "secret": "{HUSH}"}}]',
        f'[{{"id": "google", "name": "W", "server_url": "https://id", "client_id": "m", "secret": "{HUSH}"}}]',
        f'[{{"id": "work", "name": "W", "server_url": "ftp://id", "client_id": "m", "secret": "{HUSH}"}}]',
        f'[{{"id": "work", "name": 5, "server_url": "https://id", "client_id": "m", "secret": "{HUSH}"}}]',
    ],
    "TMDB_RATE": ["fast", "-1", "0", "nan", "inf", "1001"],
    "TMDB_TIMEOUT": ["soon", "0", "nan", "601"],
    "RECOMMENDER_USE_CONTENT": ["perhaps", "2"],
    "EMAIL_URL": [HUSH, f"pigeon://{HUSH}@host", f"smtp://user:{HUSH}@host:port", "smtp://", "filemail://"],
    "EMAIL_FROM": ["nobody", "Somebody <nobody>", "a@b\nBcc: c@d", "@host", "a@"],
    "ACCOUNT_EMAIL_VERIFICATION": ["perhaps", "true"],
    "CORS_ALLOWED_ORIGINS": ["*", f"https://{HUSH}@host", "https://host/path", "https://*.host", "https://host:٣"],
    "CSRF_TRUSTED_ORIGINS": ["*", f"https://{HUSH}@host", "https://host/path", "host", "https://host:٣"],
    "THROTTLE_ANON": ["lots", "0/min", "10/fortnight"],
    "THROTTLE_USER": ["lots", "0/min", "10/fortnight"],
    "THROTTLE_WRITE": ["lots", "-1/min", "10"],
    "THROTTLE_LOGIN": ["lots", "0/min", "/min"],
    "THROTTLE_ACCOUNT": ["lots", "0/hour", "30"],
    "PASSWORD_ROUNDS": ["many", "3", "21"],
    "LOG_LEVEL": ["loud", "10"],
    "LOG_FORMAT": ["xml", "json,console"],
    "SENTRY_DSN": [HUSH, f"https://{HUSH}@host/project", f"https://{HUSH}@host", "https://host/1"],
}
ANYTHING_GOES = {
    "SECRET_KEY": "any text is a secret",
    "STATIC_ROOT": "any text is a path, which is looked at when files are gathered: see the test of its own",
    "POSTGRES_PASSWORD": "compose.yaml alone reads it",
}
READ = [name for name in NAMES if name != "POSTGRES_PASSWORD"]


@pytest.fixture
def read_settings(monkeypatch, tmp_path):
    """Runs the settings with these variables and no others; what they start in the process is left out."""
    monkeypatch.setattr(logging, "configure_logging", lambda **_: None)
    monkeypatch.setattr(reporting, "start_sentry", lambda _: None)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)

    def read(**environment):
        given = {"ENV_FILE": os.devnull, "SECRET_KEY": LONG, "DATA_DIR": str(tmp_path / "var")} | environment
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "config" / "settings.py"))

    return read


def complaint(read_settings, **environment):
    with pytest.raises(ImproperlyConfigured) as fault:
        read_settings(**environment)
    line = str(fault.value)
    assert line.isprintable()
    assert HUSH not in line
    return line


def test_every_variable_of_the_example_has_its_nonsense_or_a_reason_why_anything_goes():
    assert sorted(NAMES) == sorted([*NONSENSE, *ANYTHING_GOES])


def test_the_settings_stand_without_nonsense(read_settings):
    assert read_settings()["PORT"] == 8000


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, value) for name, values in NONSENSE.items() for value in values],
    ids=lambda text: ascii(text)[:40],
)
def test_nonsense_is_told_in_one_line_that_names_its_variable(read_settings, name, value):
    assert re.match(rf"{name}\b", complaint(read_settings, **{name: value}))


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("value", [f"{HUSH}\nPORT=1", f"{HUSH}\x1b[31m", f"{HUSH}\udcff"], ids=ascii)
def test_what_cannot_be_printed_is_refused_everywhere(read_settings, name, value):
    assert complaint(read_settings, **{name: value}) == f"{name} must be one line of printable text."


@pytest.mark.parametrize("name", [name for name in READ if name != "SECRET_KEY"])
def test_a_variable_that_is_set_to_nothing_is_no_nonsense(read_settings, name):
    servers = {"DATABASE_URL": "postgres://host/name", "CELERY_BROKER_URL": "memory://"}  # nothing is made in var
    assert read_settings(**servers | {name: ""})["SECRET_KEY"] == LONG


def test_an_option_of_redis_that_the_broker_does_not_know_is_traced_to_where_it_stands(read_settings):
    address = f"redis://:{HUSH}@host/0?socket_timeout=5"
    assert "REDIS_URL" in complaint(read_settings, REDIS_URL=address)
    assert read_settings(REDIS_URL=address, CELERY_BROKER_URL="redis://host/1")["REDIS_URL"] == address


def test_a_folder_that_cannot_be_looked_into_holds_no_secret(read_settings):
    assert "SECRET_KEY is not set" in complaint(read_settings, SECRET_KEY="", DATA_DIR="/" + "x" * 300)


def test_static_files_that_cannot_be_gathered_there_are_told_of(settings, monkeypatch):
    def without_database(name, **options):
        return name == "migrate" or call_command(name, **options)

    monkeypatch.setattr(first_start, "call_command", without_database)
    settings.STATIC_ROOT = Path("/dev/null/static")
    with pytest.raises(StartError, match=r"^STATIC_ROOT cannot be used: .*/dev/null/static"):
        prepare()


def test_a_database_that_is_away_is_told_in_one_line(monkeypatch):
    """psycopg tells of it in two."""
    away = OperationalError("connection to server failed: Connection refused\n\tIs the server running there?\n")
    monkeypatch.setattr(first_start, "call_command", Mock(side_effect=away))
    with pytest.raises(StartError) as fault:
        prepare()
    line = "the database cannot be used: connection to server failed: Connection refused Is the server running there?"
    assert str(fault.value) == line
