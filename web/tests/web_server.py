"""The real web server as its own process, over a database and a folder of its own, and plain sockets to it."""

import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from tests import prepared
from web.tests.redis_server import free_port

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 60
ANSWERS_WITHIN = 10
THREADS = 4


class WebServer:
    """Granian as it is started everywhere, in one process with `THREADS` threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.environment = {
            "PATH": os.environ["PATH"],
            "ENV_FILE": os.devnull,
            "SECRET_KEY": "only-for-the-tests-" + "x" * 40,
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "WEB_THREADS": str(THREADS),
            "THROTTLE_ANON": "1000000/min",
        }
        self.process = None

    def start(self) -> None:
        prepared.install(self.folder)
        command = [sys.executable, "-m", "config.start", "web"]
        with Path(self.folder, "log").open("wb") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        deadline = time.monotonic() + STARTS_WITHIN
        while not self._listens():
            assert self.process.poll() is None, Path(self.folder, "log").read_text(encoding="utf-8")
            assert time.monotonic() < deadline, "the web server did not start"
            time.sleep(0.1)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(STARTS_WITHIN)

    def status(self, path: str, method: str = "GET", body: bytes | None = None) -> int:
        """Raises `TimeoutError` where the server is silent."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=ANSWERS_WITHIN)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"})
            return connection.getresponse().status
        finally:
            connection.close()

    def send(self, data: bytes, caller: str, *, window: int | None = None) -> socket.socket:
        """A socket from the caller's address on which that, and nothing else, was sent; `window` bytes fit into it."""
        opened = socket.socket()
        opened.settimeout(ANSWERS_WITHIN)
        if window:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        opened.bind((caller, 0))
        opened.connect(("127.0.0.1", self.port))
        opened.sendall(data)
        return opened

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def answer_on(opened: socket.socket) -> HTTPResponse:
    """The head of what the server has answered there. Raises `TimeoutError` where it has not."""
    response = HTTPResponse(opened)
    response.begin()
    return response
