"""The environment: read with types, complained of in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.first_start import gather_static_files

pytestmark = pytest.mark.embedded

ROOT = Path(__file__).resolve().parent.parent.parent
LONG = "only-for-this-test-" + "x" * 40


def manage(tmp_path, *command, **environment):
    """Runs manage.py with this environment and no other."""
    base = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "DATA_DIR": str(tmp_path / "var")}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=base | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    "environment",
    [{}, {"DEBUG": "0"}, {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}, {"SECRET_KEY": ""}],
)
def test_a_missing_secret_stops_the_start_in_one_line(tmp_path, environment):
    done = manage(tmp_path, "check", **environment)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "SECRET_KEY is not set" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("NUM_PROXIES", "one"),
        ("TMDB_RATE", "fast"),
        ("TMDB_TIMEOUT", "soon"),
        ("THROTTLE_ANON", "lots"),
        ("THROTTLE_USER", "10/fortnight"),
        ("THROTTLE_LOGIN", "0/min"),
        ("ACCOUNT_EMAIL_VERIFICATION", "perhaps"),
        ("LOG_FORMAT", "xml"),
        ("WEB_CONCURRENCY", "many"),
    ],
)
def test_a_value_that_makes_no_sense_is_named(tmp_path, name, value):
    done = manage(tmp_path, "check", SECRET_KEY=LONG, **{name: value})
    assert done.returncode == 1
    assert done.stderr.startswith(f"marquee: {name} ")
    assert done.stderr.count("\n") == 1


def test_a_variable_that_is_set_to_nothing_is_not_set(tmp_path):
    show = "from django.conf import settings; print(settings.HOST, settings.DATA_DIR.relative_to(settings.BASE_DIR))"
    nothing = {"HOST": "", "DATA_DIR": "", "CELERY_BROKER_URL": "memory://"}  # a broker that makes no folder there
    done = manage(tmp_path, "shell", "--no-imports", "-c", show, SECRET_KEY=LONG, **nothing)
    assert done.stdout.split() == ["127.0.0.1", "var"]


@pytest.mark.parametrize("module", [["config.launch"], ["config.start", "web"]])
def test_a_data_dir_that_cannot_be_is_told_in_one_line(module):
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "SECRET_KEY": LONG, "DATA_DIR": "/dev/null/var"}
    command = [sys.executable, "-m", *module]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("marquee: ")
    assert "/dev/null/var" in done.stderr


def test_only_what_was_gathered_before_is_cleared_away(tmp_path, settings):
    """Plain files: to compress them takes seconds, and a first start's are looked at as they are."""
    (tmp_path / "letter.txt").write_text("not ours")
    settings.STATIC_ROOT = tmp_path
    for _ in range(2):
        gather_static_files()
    assert (tmp_path / "letter.txt").read_text() == "not ours"
    assert (tmp_path / "gathered").is_file()
    assert (tmp_path / "admin").is_dir()


def test_an_env_file_is_read_and_the_environment_wins(tmp_path):
    file = tmp_path / "settings.env"
    file.write_text(f"SECRET_KEY={LONG}\nPORT=9001\nHOST=127.0.0.9\n")
    show = "from django.conf import settings; print(settings.HOST, settings.PORT)"
    done = manage(tmp_path, "shell", "--no-imports", "-c", show, ENV_FILE=str(file), PORT="9002")
    assert done.stdout.strip().splitlines()[-1] == "127.0.0.9 9002"


@pytest.mark.parametrize(
    ("hosts", "secure"),
    [("localhost,127.0.0.1", "False"), ("movies.example.org", "True"), ("localhost,movies.example.org", "True")],
)
def test_a_site_with_a_public_name_sends_its_cookies_over_https_alone(tmp_path, hosts, secure):
    show = "from django.conf import settings; print(settings.SESSION_COOKIE_SECURE)"
    done = manage(tmp_path, "shell", "--no-imports", "-c", show, SECRET_KEY=LONG, ALLOWED_HOSTS=hosts)
    assert done.stdout.strip().splitlines()[-1] == secure


def test_production_settings_pass_the_deployment_check(tmp_path):
    production = {
        "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
        "ALLOWED_HOSTS": "movies.example.org",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
        "REDIS_URL": "redis://127.0.0.1:1/0",
    }
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **production)
    assert done.returncode == 0, done.stderr
