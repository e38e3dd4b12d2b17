"""TMDB's bad days: what is tried again, what is not, and what it is called in the end."""

import socket
import threading
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from catalog.tmdb.client import HASTY
from catalog.tmdb.errors import (
    TMDBMisconfigured,
    TMDBNotFound,
    TMDBRefused,
    TMDBThrottled,
    TMDBUnauthorized,
    TMDBUnavailable,
    TMDBUnreadable,
    fault_of,
)
from catalog.tmdb.standin import StandIn

pytestmark = pytest.mark.xdist_group("waiting")
AVATAR = 19995
PATH = f"/movie/{AVATAR}"
PASSING = {
    "html500": TMDBUnavailable,
    "status500": TMDBUnavailable,
    "status502": TMDBUnavailable,
    "status503": TMDBUnavailable,
    "status504": TMDBUnavailable,
    "reset": TMDBUnavailable,
    "truncated": TMDBUnavailable,
    "stall": TMDBUnavailable,
    "empty200": TMDBUnreadable,
    "not_json": TMDBUnreadable,
    "list_instead_of_object": TMDBUnreadable,
    "error_in_200": TMDBUnreadable,
    "status429": TMDBThrottled,
}


@pytest.mark.parametrize("kind", PASSING)
def test_what_passes_is_tried_again(tmdb, client_of, kind):
    tmdb.faults.add(AVATAR, kind, 2, retry_after=0)
    assert client_of(tmdb, timeout=1.0).movie(AVATAR)["id"] == AVATAR
    assert len(tmdb.calls) == 3 if kind != "stall" else len(tmdb.calls) >= 1


@pytest.mark.parametrize(("kind", "error"), PASSING.items())
def test_what_does_not_pass_is_named_after_a_few_tries(tmdb, client_of, kind, error):
    tmdb.faults.add(AVATAR, kind, retry_after=0)
    client = client_of(tmdb, timeout=0.2)
    with pytest.raises(error) as fault:
        client.movie(AVATAR)
    assert type(fault.value) is error
    assert PATH in str(fault.value)
    # A call that stalls is only in the record once the stand-in has answered it.
    assert kind == "stall" or len(tmdb.calls) == client.patience.attempts


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, {"status_code": 7}, TMDBUnauthorized),
        (401, {"status_code": 10}, TMDBUnauthorized),
        (401, None, TMDBUnauthorized),
        (403, {"status_code": 45}, TMDBUnauthorized),
        (403, None, TMDBUnavailable),
        (404, {"status_code": 6}, TMDBNotFound),
        (404, {"status_code": 34}, TMDBNotFound),
        (404, {"status_code": 37}, TMDBNotFound),
        (404, None, TMDBUnavailable),
        (404, {"detail": "no such route"}, TMDBUnavailable),
        (429, {"status_code": 25}, TMDBThrottled),
        (429, None, TMDBThrottled),
        (500, {"status_code": 11}, TMDBUnavailable),
        (500, {"status_code": 15}, TMDBUnavailable),
        (500, {"status_code": 44}, TMDBUnavailable),
        (503, {"status_code": 9}, TMDBUnavailable),
        (302, None, TMDBUnavailable),
        (400, {"status_code": 22}, TMDBRefused),
        (400, {"status_code": 27}, TMDBRefused),
        (422, {"status_code": 20}, TMDBRefused),
        (422, {"status_code": 5}, TMDBRefused),
        (400, {"status_code": 18}, TMDBRefused),
        (400, {"status_code": 47}, TMDBRefused),
        (200, {"success": False, "status_code": 21}, TMDBUnreadable),
        (200, {"success": False, "status_code": 34}, TMDBNotFound),
        (200, {"success": False, "status_code": 7}, TMDBUnauthorized),
    ],
)
def test_each_code_has_its_error(status, body, error):
    assert type(fault_of(status, body, path="/x")) is error


@pytest.mark.parametrize(
    "body", [{"id": 1}, {"id": 1, "status": "Released"}, [], None, {"success": True, "status_code": 1}]
)
def test_a_proper_answer_is_no_fault(body):
    assert fault_of(200, body, path="/x") is None


def test_an_unknown_film_is_asked_for_once(tmdb, client):
    with pytest.raises(TMDBNotFound):
        client.movie(999_999_999)
    assert len(tmdb.calls) == 1


def test_a_refused_call_is_not_repeated_and_logged_as_an_error(tmdb, client):
    with capture_logs() as logs, pytest.raises(TMDBRefused):
        client.get("/movie/popular", {"page": 501})
    assert len(tmdb.calls) == 1
    assert [(entry["log_level"], "code 22" in entry["fault"]) for entry in logs] == [("error", True)]


def test_a_hasty_call_is_tried_once(tmdb, client):
    tmdb.faults.add(AVATAR, "html500", 1)
    with pytest.raises(TMDBUnavailable):
        client.movie(AVATAR, patience=HASTY)
    assert len(tmdb.calls) == 1


@pytest.mark.parametrize("token", ["wrong", ""])
def test_a_check_tells_a_bad_token(tmdb, client_of, token):
    with pytest.raises(TMDBUnauthorized, match="TMDB_TOKEN"):
        client_of(tmdb, token=token).check()


@pytest.mark.parametrize("kind", ["vanish", "not_json"])
def test_a_check_tells_what_is_not_tmdb(tmdb, client, kind):
    tmdb.faults.add("/configuration", kind)
    with pytest.raises(TMDBMisconfigured, match="TMDB_BASE_URL"):
        client.check()


def test_a_body_that_trickles_in_ends_at_the_deadline(client_of):
    """Each byte is in time for the socket, and there are half an hour of them: the deadline of the whole ends it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        ended = threading.Event()
        threading.Thread(target=trickle, args=(server, ended), daemon=True).start()
        stand_in = StandIn(films=[], port=server.getsockname()[1])
        with pytest.raises(TMDBUnavailable, match="no answer in time"):
            client_of(stand_in).movie(AVATAR, patience=replace(HASTY, timeout=0.2))
        ended.set()


def trickle(server: socket.socket, ended: threading.Event) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(65_536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not ended.wait(0.02):
            try:
                connection.sendall(b" ")
            except OSError:
                return
