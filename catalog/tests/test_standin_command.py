import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

pytestmark = pytest.mark.embedded

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def running(*arguments):
    """The command in a process of its own, and the address it prints."""
    command = [sys.executable, ROOT / "manage.py", "tmdb_standin", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=os.environ, **pipes) as process:
        try:
            line = process.stdout.readline()
            yield process, re.search(r"http://\S+", line)[0]
        finally:
            process.kill()


def call(address, token="stand-in"):
    return requests.get(f"{address}/movie/155", headers={"Authorization": f"Bearer {token}"}, timeout=5)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_told_to_stop_and_ends_without_a_word(number):
    with running("--port", "0") as (process, address):
        assert call(address).json()["title"] == "The Dark Knight"
        process.send_signal(number)
        rest, errors = process.communicate(timeout=10)
    assert (process.returncode, rest, errors) == (0, "", "")


def test_token_rate_and_faults_can_be_given():
    with running("--port", "0", "--token", "T", "--rate", "2", "--fault", "155=html500*1") as (_, address):
        statuses = [call(address, "T").status_code for _ in range(3)]
        assert call(address).status_code == 401
    assert statuses == [500, 200, 429]


def test_chaos_makes_calls_fail():
    with running("--port", "0", "--chaos", "1", "--seed", "8", "--fault", "155=status502*1") as (_, address):
        assert call(address).status_code == 502
        failed = 0
        for _ in range(5):
            try:
                call(address).json()["title"]
            except (requests.RequestException, TypeError, KeyError):
                failed += 1
    assert failed >= 3


def test_a_taken_port_is_one_clear_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, ROOT / "manage.py", "tmdb_standin", "--port", port]
        ended = subprocess.run(
            command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=20, check=False
        )
    assert ended.returncode == 1
    assert ended.stderr.strip() == f"CommandError: Cannot listen on 127.0.0.1:{port}: Address already in use."


def test_an_unknown_fault_is_told_before_anything_starts():
    command = [sys.executable, ROOT / "manage.py", "tmdb_standin", "--port", "0", "--fault", "5=explode"]
    ended = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 2
    assert "explode" in ended.stderr
