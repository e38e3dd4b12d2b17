"""HTTP/1.1 on a loopback socket, from the standard library."""

import contextlib
import os
import socket
import struct
import sys
import threading
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from catalog.tmdb.standin.replies import Reply

Answer = Callable[[str, str, dict[str, str], Mapping[str, str]], Reply]

LONGEST_READ = 1_000_000


class Exchange(BaseHTTPRequestHandler):
    """One client's connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "Listener"

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def do_PATCH(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def log_message(self, *_: object) -> None:
        """Says nothing: the record of calls is the log."""

    def _answer(self) -> None:
        self._drain()
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        reply = self.server.answer(self.command, unquote(url.path), query, self.headers)
        # The client may have gone while the answer was made.
        with contextlib.suppress(ConnectionError):
            self._send(reply)

    def _drain(self) -> None:
        """A body of the request is of no interest, but stands in the way of the next one."""
        length = self.headers.get("Content-Length", "0")
        if length.isdigit() and int(length) <= LONGEST_READ:
            self.rfile.read(int(length))
        else:
            self.close_connection = True

    def _send(self, reply: Reply) -> None:
        if reply.wire == "reset":
            self._reset()
            return
        body = b"" if self.command == "HEAD" else reply.body
        if reply.wire == "cut":
            body = body[: len(body) // 2]
            self.close_connection = True
        # Head and body in one packet: a second small write would wait for the first one's acknowledgement.
        self.wfile.write(self._head(reply) + body)

    def _head(self, reply: Reply) -> bytes:
        lines = [
            f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}",
            f"Content-Type: {reply.content_type}",
            f"Content-Length: {len(reply.body)}",
            *(f"{name}: {value}" for name, value in reply.headers),
        ]
        if self.close_connection:
            lines.append("Connection: close")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def _reset(self) -> None:
        """Ends the connection with a TCP reset, as a failing proxy does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        os.close(self.connection.detach())


class Listener(ThreadingHTTPServer):
    """Accepts connections, a thread for each, and can end them all."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], answer: Answer) -> None:
        self.answer = answer
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(address, Exchange)

    def process_request(self, request: socket.socket, client_address: tuple[str, int]) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: socket.socket, client_address: tuple[str, int]) -> None:
        """A client that hangs up is no news; anything else is a fault of the stand-in, and is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def close(self) -> None:
        # It looks every so often whether it is to end; and at once where its own socket has ended.
        with contextlib.suppress(OSError):  # not every system lets a socket end that only listens
            self.socket.shutdown(socket.SHUT_RDWR)
        self.shutdown()
        self.server_close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
