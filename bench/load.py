"""A client that costs little: one connection kept alive, one call at a time."""

import itertools
import socket
import statistics
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bench.servers import Server

ROUNDS = 9


@dataclass
class Measured:
    """What one round found: calls a second, and the server's CPU time for one call in milliseconds."""

    rate: float
    cpu_ms: float


class Caller:
    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.waiting = b""

    def call(self, request: bytes) -> bytes:
        """The body of the answer; raises `RuntimeError` on any status but 200."""
        self.socket.sendall(request)
        while b"\r\n\r\n" not in self.waiting:
            self._read()
        head, _, rest = self.waiting.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode())
        lines = head.lower().split(b"\r\n")
        length = int(next(line for line in lines if line.startswith(b"content-length")).partition(b":")[2])
        while len(rest) < length:
            self._read()
            rest = self.waiting.partition(b"\r\n\r\n")[2]
        self.waiting = rest[length:]
        return rest[:length]

    def _read(self) -> None:
        found = self.socket.recv(262_144)
        if not found:
            raise RuntimeError("the server closed the connection")
        self.waiting += found


def request(path: str, address: str = "192.0.2.1", token: str = "") -> bytes:
    """A GET, as one client behind the proxy sends it; with an access token, as a member's."""
    shown = f"Authorization: Bearer {token}\r\n" if token else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {address}\r\n{shown}\r\n".encode()


def one_round(server: Server, requests: Iterator[bytes], calls: int) -> Measured:
    caller = Caller(server.port)
    batch = list(itertools.islice(requests, calls))
    cpu, started = server.cpu_seconds(), time.perf_counter()
    for each in batch:
        caller.call(each)
    seconds, used = time.perf_counter() - started, server.cpu_seconds() - cpu
    caller.socket.close()
    return Measured(calls / seconds, used / calls * 1000)


def side_by_side(
    first: tuple[Server, Iterable[bytes]], second: tuple[Server, Iterable[bytes]], calls: int
) -> tuple[Measured, Measured]:
    """The medians of rounds taken in turn, so that what else the machine does hits both alike."""
    ours, theirs = iter(first[1]), iter(second[1])
    rounds = [(one_round(first[0], ours, calls), one_round(second[0], theirs, calls)) for _ in range(ROUNDS + 1)]
    kept = rounds[1:]  # the first warms both up
    return median([row[0] for row in kept]), median([row[1] for row in kept])


def median(found: list[Measured]) -> Measured:
    return Measured(statistics.median(row.rate for row in found), statistics.median(row.cpu_ms for row in found))
