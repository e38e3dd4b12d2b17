"""`make run`, as a newcomer sees it: real processes, an empty folder, a port of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
STARTS_WITHIN = 170

pytestmark = [pytest.mark.embedded, pytest.mark.slow, pytest.mark.xdist_group("platform")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Platform:
    """One `make run` over its own folder."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.site = f"http://127.0.0.1:{self.port}"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "ENV_FILE": os.devnull,
            "PORT": str(self.port),
            "DATA_DIR": str(folder / "var"),
        }

    def start(self) -> list[str]:
        """What it says, up to the line that offers a call to try."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.launch"],
            cwd=ROOT,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        said = []
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline and (line := self.process.stdout.readline()):
            said.append(line.rstrip())
            if line.startswith("Try "):
                return said
        raise AssertionError(f"did not start: {said}")

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.site + path, timeout=10) as response:
            return response.read()

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        try:
            return self.process.wait(20)
        finally:
            self.process.stdout.close()

    def is_listening(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@pytest.fixture(scope="module")
def platform(tmp_path_factory):
    platform = Platform(tmp_path_factory.mktemp("platform"))
    platform.said = platform.start()
    yield platform
    if platform.process.poll() is None:
        platform.stop(signal.SIGTERM)


def test_a_first_start_says_where_everything_is(platform):
    last = platform.said[-4:]
    assert [line.split()[0] for line in last] == ["Site", "API", "Admin", "Try"]
    assert all(platform.site in line for line in last)


def test_the_password_is_in_no_file(platform):
    password = re.search(r"admin / (\S+),", platform.said[-2]).group(1)
    files = [path for path in Path(platform.environment["DATA_DIR"]).rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if password.encode() in path.read_bytes()]


def test_the_site_lists_real_films_with_their_people(platform):
    popular = json.loads(platform.get("/api/v1/movies/popular"))
    assert popular["count"] >= 1500
    matrix = json.loads(platform.get("/api/v1/movies/603"))
    assert (matrix["title"], matrix["runtime"]) == ("The Matrix", 136)
    assert matrix["cast"][0]["name"] == "Keanu Reeves"
    assert matrix["overview"].startswith("A 1999 ")


def test_everything_that_it_needs_is_ready(platform):
    checks = json.loads(platform.get("/readyz"))["checks"]
    assert {check["status"] for check in checks.values()} == {"ok"}


def test_the_pages_and_their_styles_are_there(platform):
    page = platform.get("/").decode()
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        assert platform.get(address)
    assert b"swagger" in platform.get("/api/docs").lower()


def test_the_secret_key_is_for_its_owner_alone(platform):
    path = Path(platform.environment["DATA_DIR"]) / "secret_key"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_film_that_is_not_held_is_a_404_in_json(platform):
    with pytest.raises(urllib.error.HTTPError) as fault:
        platform.get("/api/v1/movies/999999999")
    assert fault.value.code == 404
    assert json.loads(fault.value.read())["errors"][0]["code"] == "not_found"


def test_a_second_start_on_the_same_port_says_so_in_one_line(platform):
    again = subprocess.run(
        [sys.executable, "-m", "config.launch"],
        cwd=ROOT,
        env=platform.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert again.returncode == 1
    assert again.stdout == ""
    assert again.stderr.count("\n") == 1
    assert str(platform.port) in again.stderr


def test_an_interrupt_ends_it_and_the_next_start_finds_everything(platform):
    assert platform.stop() == 0
    assert not platform.is_listening()
    said = platform.start()
    assert "Filling the catalogue" not in "\n".join(said)
    assert "shown this once" not in "\n".join(said)
    assert json.loads(platform.get("/api/v1/movies/popular"))["count"] >= 1500


def test_its_processes_end_with_it_even_when_it_is_killed(platform):
    platform.process.kill()
    platform.process.wait(5)
    platform.process.stdout.close()
    deadline = time.monotonic() + 15
    while platform.is_listening() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not platform.is_listening()
