"""How TMDB is called: with what, where to, and what is never told."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests
from structlog.testing import capture_logs

from catalog.tmdb.budget import Budget, OwnSlots
from catalog.tmdb.client import HASTY, TMDBClient
from catalog.tmdb.errors import TMDBStopped, TMDBUnauthorized, TMDBUnavailable
from catalog.tmdb.standin import StandIn

AVATAR = 19995
SECRET = "a-secret-token"


def test_one_call_brings_a_film_with_all_its_parts(tmdb, client):
    body = client.movie(AVATAR)
    assert body["title"] == "Avatar"
    assert {"credits", "release_dates", "videos", "keywords", "external_ids", "translations", "watch/providers"} <= set(
        body
    )
    (call,) = tmdb.calls
    assert call.path == f"/movie/{AVATAR}"


def test_the_token_is_in_no_address_no_log_and_no_error(client_of, caplog):
    caplog.set_level("DEBUG", logger="urllib3")
    with StandIn(token=SECRET) as stand_in, capture_logs() as logs:
        client_of(stand_in).movie(AVATAR)
        stand_in.faults.add("/movie/*", "html500")
        with pytest.raises(TMDBUnavailable) as unavailable:
            client_of(stand_in).movie(AVATAR)
        stand_in.token = "another"
        with pytest.raises(TMDBUnauthorized) as unauthorized:
            client_of(stand_in, token=SECRET).movie(AVATAR)
        assert stand_in.calls
        assert not [call for call in stand_in.calls if SECRET in f"{call.path}{call.query}"]
    told = f"{caplog.text}{logs}{unavailable.value}{unauthorized.value}{client_of(stand_in)!r}"
    assert "urllib3" in caplog.text
    assert SECRET not in told


@pytest.mark.parametrize("token", ["two\nlines", "with space", "naïve"])
def test_a_token_that_cannot_be_one_is_refused_without_being_told(client_of, token):
    with pytest.raises(TMDBUnauthorized) as refusal:
        client_of(StandIn(films=[]), token=token)
    assert token not in str(refusal.value)


def test_a_list_page_gives_ids_and_the_last_page_that_may_be_asked_for(tmdb, client):
    ids, last_page = client.page("/movie/popular", 1)
    assert len(ids) == 20
    assert last_page == -(-len(tmdb.films) // 20)


def test_threads_share_a_few_connections(tmdb, client):
    ids = client.page("/movie/popular", 1)[0]
    threads = [threading.Thread(target=client.movie, args=(key,)) for key in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(call.path for call in tmdb.calls if call.path != "/movie/popular") == sorted(
        f"/movie/{key}" for key in ids
    )


def test_netrc_does_not_replace_the_token(tmdb, client, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password other\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    assert (
        requests.get(
            f"{tmdb.base_url}/movie/{AVATAR}", headers={"Authorization": f"Bearer {tmdb.token}"}, timeout=5
        ).status_code
        == 401
    )
    assert client.movie(AVATAR)["id"] == AVATAR


def test_a_redirect_is_not_followed(client_of):
    asked = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", f"http://localhost:{self.server.server_port}/stolen")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        stand_in = StandIn(films=[], port=server.server_port)
        with pytest.raises(TMDBUnavailable):
            client_of(stand_in).movie(AVATAR)
        server.shutdown()
    assert asked
    assert not [path for path in asked if "stolen" in path]


def test_a_stopped_client_begins_no_call(tmdb, client):
    client.stop()
    with pytest.raises(TMDBStopped):
        client.movie(AVATAR)
    assert not tmdb.calls


def test_an_address_where_nobody_listens_is_unavailable():
    client = TMDBClient("http://127.0.0.1:9/3", "token", Budget(0, OwnSlots()), patience=HASTY)
    with pytest.raises(TMDBUnavailable, match="connection failed"):
        client.get("/configuration")
    client.close()
