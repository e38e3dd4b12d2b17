"""`manage.py check` tells an operator what is misset, and has nothing to say about a sound installation."""

import io
import os
import subprocess
import sys

import pytest
from django.conf import settings as installed
from django.core import checks
from django.core.management import load_command_class
from django.core.management.base import OutputWrapper, SystemCheckError

SOUND = {
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": "movies.example.org",
    "DATABASE_URL": "postgres://marquee:marquee@127.0.0.1:1/marquee",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def found() -> set[str]:
    messages = checks.run_checks(tags=["marquee"], include_deployment_checks=True)
    return {message.id for message in messages if message.id.startswith("marquee.")}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"NUM_PROXIES": -1}, "marquee.E001"),
        ({"SECRET_KEY": "short"}, "marquee.W001"),
        ({"WEB_CONCURRENCY": 2, "REDIS_URL": ""}, "marquee.W002"),
        ({"DATABASE_URL": "postgres://x/y", "CELERY_BROKER_URL": "filesystem://"}, "marquee.W003"),
        ({"ALLOWED_HOSTS": ["movies.example.org"], "HTTPS": False}, "marquee.W004"),
        ({"ALLOWED_HOSTS": ["*"], "HTTPS": True}, "marquee.W005"),
        ({"DATABASE_URL": "postgres://x/y", "TMDB_TOKEN": "", "TMDB_BASE_URL": ""}, "marquee.I001"),
        ({"METRICS_TOKEN": ""}, "marquee.I002"),
        ({"WEB_CONCURRENCY": 2}, "marquee.I003"),
    ],
)
def test_what_is_misset_is_said(settings, changes, said):
    sound = {"METRICS_TOKEN": "x", "TMDB_TOKEN": "x", "WEB_CONCURRENCY": 1, "HTTPS": True, "ALLOWED_HOSTS": ["x.org"]}
    for name, value in (sound | changes).items():
        setattr(settings, name, value)
    assert said in found()
    for name, value in sound.items():
        setattr(settings, name, value)
    for name in changes.keys() - sound.keys():
        setattr(settings, name, getattr(installed, name))


@pytest.mark.parametrize("name", ["sync_catalog", "sync_status", "index_search", "merge_movie"])
def test_each_command_says_what_is_misset_and_stops_where_it_cannot_go_on(settings, name):
    errors = io.StringIO()
    command = load_command_class("catalog", name)
    command.stderr = OutputWrapper(errors)
    settings.SECRET_KEY = "short"
    command.check(tags=command.requires_system_checks)
    assert "marquee.W001" in errors.getvalue()
    settings.NUM_PROXIES = -1
    with pytest.raises(SystemCheckError, match="E001"):
        command.check(tags=command.requires_system_checks)


def test_a_sound_installation_passes_the_check_for_deployment(tmp_path):
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment | SOUND | {"DATA_DIR": str(tmp_path)},
        cwd=installed.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
