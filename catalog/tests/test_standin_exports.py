"""The stand-in's files, as a file server has them: by parts, and with validators."""

import gzip

import pytest
import requests

from catalog.tmdb.standin import StandIn

pytestmark = pytest.mark.embedded


@pytest.fixture(scope="module")
def standin():
    with StandIn(films=[{"id": number, "title": f"Film {number}"} for number in range(1, 200)]) as standin:
        yield standin


def ask(standin, **headers):
    address = f"{standin.exports_url}/movie_ids_05_15_2024.json.gz"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.get(address, headers=named, timeout=5)


def test_a_file_has_a_validator_and_is_the_same_each_time(standin):
    first, second = ask(standin), ask(standin)
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.headers["Accept-Ranges"] == "bytes"
    assert len(gzip.decompress(first.content).splitlines()) == 199


def test_the_rest_of_a_file_comes_alone(standin):
    whole = ask(standin)
    rest = ask(standin, Range="bytes=100-", If_Range=whole.headers["ETag"])
    assert rest.status_code == 206
    assert rest.content == whole.content[100:]
    assert rest.headers["Content-Range"] == f"bytes 100-{len(whole.content) - 1}/{len(whole.content)}"
    assert ask(standin, Range="bytes=100-").status_code == 206


@pytest.mark.parametrize("asked", ["bytes=-5", "bytes=1-2", "lines=3-", "bytes=x-"])
def test_a_range_it_does_not_know_gives_the_whole_file(standin, asked):
    answer = ask(standin, Range=asked)
    assert (answer.status_code, answer.content) == (200, ask(standin).content)


def test_the_rest_of_another_file_is_the_whole_of_this_one(standin):
    assert ask(standin, Range="bytes=100-", If_Range='"another"').status_code == 200


def test_a_range_behind_the_end_is_refused(standin):
    size = len(ask(standin).content)
    answer = ask(standin, Range=f"bytes={size}-")
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{size}")


def test_what_has_not_changed_is_not_sent(standin):
    etag = ask(standin).headers["ETag"]
    answer = ask(standin, If_None_Match=etag)
    assert (answer.status_code, answer.content) == (304, b"")
    standin.put_film({"id": 1000, "title": "New"})
    assert ask(standin, If_None_Match=etag).status_code == 200


def test_files_have_faults_and_are_on_the_record():
    with StandIn(films=[{"id": 1, "title": "One"}]) as standin:
        standin.faults.add("/exports/*", "status503", times=1)
        assert [ask(standin).status_code, ask(standin).status_code] == [503, 200]
        assert [call.status for call in standin.calls] == [503, 200]
        assert standin.calls[0].path == "/exports/movie_ids_05_15_2024.json.gz"
