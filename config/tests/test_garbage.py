"""What is imported is not looked through for garbage: neither while it is, nor later, nor at the end."""

import gc
import os
import subprocess
import sys

import pytest
from django.conf import settings

from config import garbage
from config.celery import start


def test_what_is_imported_is_not_looked_through():
    frozen = gc.get_freeze_count()
    with garbage.ignored():
        assert not gc.isenabled()
        made = [[number] for number in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= frozen + len(made)


def test_garbage_is_collected_after_a_start_that_failed():
    with pytest.raises(OSError, match="no such folder"), garbage.ignored():
        raise OSError("no such folder")
    assert gc.isenabled()


@pytest.mark.embedded
@pytest.mark.parametrize(
    "command",
    [["manage.py", "shell", "--no-imports", "-c"], ["-c"]],
    ids=["a command", "the web server"],
)
def test_garbage_is_collected_once_it_has_started(command, tmp_path):
    web = "from config.wsgi import application; " if command == ["-c"] else ""
    look = f"{web}import gc; print(gc.isenabled(), gc.get_freeze_count() > 100_000)"
    environment = os.environ | {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    run = [sys.executable, *command, look]
    done = subprocess.run(run, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]


def test_a_worker_does_not_look_through_what_it_has_imported(monkeypatch):
    called = []
    monkeypatch.setattr(garbage, "collect_from_now_on", lambda: called.append("frozen"))
    start(sender="celery@here")
    assert called == ["frozen"]
