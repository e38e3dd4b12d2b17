from contextlib import closing
from http.client import HTTPConnection

import pytest
import requests

from catalog.tests.standin_calls import ask
from catalog.tmdb.standin import StandIn

pytestmark = pytest.mark.embedded


@pytest.fixture(scope="module")
def standin():
    with StandIn(token="right", films=[{"id": 5, "title": "Five"}]) as standin:
        yield standin


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "right"}])
def test_without_the_right_token_nothing_is_told(standin, headers):
    answer = requests.get(f"{standin.base_url}/movie/5", headers=headers, timeout=5)
    assert (answer.status_code, answer.json()["status_code"], answer.json()["success"]) == (401, 7, False)


def test_a_key_in_the_address_does_not_open_the_door(standin):
    assert requests.get(f"{standin.base_url}/movie/5?api_key=right", timeout=5).status_code == 401


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/movie/6", 34),
        ("/movie/5/no_part", 34),
        ("/nothing", 34),
        ("/movie/abc", 6),
        ("/movie/-1", 6),
        ("/person/1", 34),
    ],
)
def test_what_is_not_there_is_a_404_with_tmdbs_code(standin, path, code):
    answer = ask(standin, path)
    assert (answer.status_code, answer.json()["status_code"]) == (404, code)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_only_reading_is_possible(standin, method):
    headers = {"Authorization": "Bearer right"}
    answer = requests.request(method, f"{standin.base_url}/movie/5", headers=headers, data=b"x" * 100, timeout=5)
    assert (answer.status_code, answer.json()["status_code"]) == (405, 42)


def test_a_connection_is_kept_also_after_a_refusal_with_a_body(standin):
    headers = {"Authorization": "Bearer right"}
    with closing(HTTPConnection(standin.host, standin.port, timeout=5)) as connection:
        connection.request("POST", "/3/movie/5", body=b"x" * 100, headers=headers)
        assert connection.getresponse().read()
        connection.auto_open = 0
        connection.request("GET", "/3/movie/5", headers=headers)
        assert connection.getresponse().status == 200


def test_a_stopped_stand_in_answers_nobody():
    standin = StandIn(films=[]).start()
    with requests.Session() as session:
        headers = {"Authorization": f"Bearer {standin.token}"}
        assert session.get(f"{standin.base_url}/configuration", headers=headers, timeout=5).status_code == 200
        standin.stop()
        with pytest.raises(requests.ConnectionError):
            session.get(f"{standin.base_url}/configuration", headers=headers, timeout=5)


def test_it_starts_again_on_the_port_it_had():
    standin = StandIn(films=[]).start()
    port = standin.port
    standin.stop()
    with standin:
        assert standin.port == port
        assert ask(standin, "/genre/movie/list").status_code == 200


def test_a_taken_port_is_an_error(standin):
    with pytest.raises(OSError, match="in use"):
        StandIn(films=[], port=standin.port).start()


def test_a_film_that_a_test_has_spoilt_breaks_no_list():
    with StandIn(films=[{"id": 5, "title": "Five"}]) as standin:
        standin.films[6] = {
            "id": 6,
            "title": None,
            "genres": None,
            "credits": [],
            "keywords": "none",
            "popularity": None,
        }
        assert {row["id"] for row in ask(standin, "/movie/popular").json()["results"]} == {5, 6}
        assert ask(standin, "/movie/6", append_to_response="credits,similar").json()["credits"] == []
