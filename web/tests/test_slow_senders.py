"""Sockets that send no body, or a drop at a time, or do not read, cost the others nothing: on the real web server."""

import select
import time
from contextlib import ExitStack
from threading import Event, Thread

import pytest

from web.tests.web_server import ANSWERS_WITHIN, THREADS, WebServer, answer_on

pytestmark = [pytest.mark.slow, pytest.mark.embedded, pytest.mark.xdist_group("web server")]
ALONE = "127.0.0.1"
HOST = b"Host: localhost\r\n"
UNSENT = b"Content-Length: 100\r\n\r\n"
CHUNKS = b"Transfer-Encoding: chunked\r\n\r\n"
FORM = HOST + b"Cookie: csrftoken=" + b"a" * 32 + b"\r\nContent-Type: application/x-www-form-urlencoded\r\n"
READS = {
    "a read in chunks": b"GET /api/v1/movies HTTP/1.1\r\n" + HOST + CHUNKS,
    "a read with a length": b"GET /api/v1/movies HTTP/1.1\r\n" + HOST + UNSENT,
    "a head in chunks": b"HEAD /api/v1/movies HTTP/1.1\r\n" + HOST + CHUNKS,
    "a question in chunks": b"OPTIONS /api/v1/movies HTTP/1.1\r\n" + HOST + CHUNKS,
}
WRITES = {
    "a form": b"POST /admin/login/ HTTP/1.1\r\n" + FORM + UNSENT,
    "a form in chunks": b"POST /admin/login/ HTTP/1.1\r\n" + FORM + CHUNKS,
    "a call": b"POST /api/v1/movies HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n" + UNSENT,
    "a call to nothing": b"DELETE /api/v1/nothing HTTP/1.1\r\n" + HOST + CHUNKS,
}


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    server = WebServer(tmp_path_factory.mktemp("web"))
    static = server.folder / "static"
    static.mkdir()
    static.joinpath("large.txt").write_bytes(b"x" * 12_000_000)  # more than a socket and its server's buffers take in
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(running):
    """The server, once it waits for nobody whom the test before has left."""
    wait_until_it_takes_bodies(running)
    return running


@pytest.fixture
def send(server):
    """Sends the same on a socket for each caller; whatever comes of them, they are closed at the end."""
    with ExitStack() as opened:
        yield lambda data, callers, **how: [opened.enter_context(server.send(data, each, **how)) for each in callers]


def wait_until_it_takes_bodies(server: WebServer) -> None:
    deadline = time.monotonic() + ANSWERS_WITHIN
    while server.status("/api/v1/movies", "POST", b"{}") != 405:
        assert time.monotonic() < deadline


def assert_readers_are_answered(server: WebServer) -> None:
    for _ in range(THREADS):
        assert server.status("/healthz") == 200
        assert server.status("/api/v1/movies") == 200


def wait_until_answered(sockets: list, count: int) -> list:
    """The sockets that have been answered, once they are so many."""
    answered, deadline = [], time.monotonic() + ANSWERS_WITHIN
    while len(answered) < count:
        assert time.monotonic() < deadline, f"{len(answered)} answers"
        answered = select.select(sockets, [], [], 0.1)[0]
    return answered


@pytest.mark.parametrize("kind", READS)
def test_the_body_of_a_read_is_not_waited_for(server, send, kind):
    sockets = send(READS[kind], [ALONE] * 2 * THREADS)
    assert {answer_on(each).status for each in sockets} <= {200, 204}
    assert_readers_are_answered(server)


@pytest.mark.parametrize("kind", WRITES)
def test_readers_are_answered_while_writers_send_nothing(server, send, kind):
    sockets = send(WRITES[kind], [ALONE] * 2 * THREADS)
    refused = [answer_on(each) for each in wait_until_answered(sockets, 2 * THREADS - 1)]
    assert {answer.status for answer in refused} == {503}
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in refused)
    assert_readers_are_answered(server)


def test_readers_are_answered_while_many_callers_send_nothing(server, send):
    callers = [f"127.0.0.{number}" for number in range(2, 2 + 2 * THREADS)]
    sockets = send(WRITES["a call"], callers)
    wait_until_answered(sockets, 2 * THREADS - 2)
    assert_readers_are_answered(server)
    assert server.status("/api/v1/movies", "POST", b"{}") == 503


def test_readers_are_answered_while_writers_send_a_drop_at_a_time(server, send):
    sockets = send(WRITES["a form"], [ALONE] * THREADS)
    is_over = Event()

    def drip() -> None:
        while not is_over.wait(1):
            for each in select.select([], sockets, [], 0)[1]:
                each.send(b"x")

    dripping = Thread(target=drip)
    dripping.start()
    try:
        wait_until_answered(sockets, THREADS - 1)
        assert_readers_are_answered(server)
    finally:
        is_over.set()
        dripping.join()


def test_a_silent_writer_who_leaves_makes_room(server, send):
    sockets = send(WRITES["a call"], [ALONE] * THREADS)
    wait_until_answered(sockets, THREADS - 1)
    assert server.status("/api/v1/movies", "POST", b"{}") == 503
    for each in sockets:
        each.close()
    wait_until_it_takes_bodies(server)


def test_readers_are_answered_while_others_do_not_take_their_files(server, send):
    ask = b"GET /static/large.txt HTTP/1.1\r\n" + HOST + b"\r\n"
    sockets = send(ask, [ALONE] * 2 * THREADS, window=4096)
    wait_until_answered(sockets[:THREADS], THREADS)
    assert_readers_are_answered(server)
