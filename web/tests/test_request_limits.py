"""What is out of all proportion is turned away before anything reads it."""

import io
import json

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from web import bodies
from web.requests import RequestLimitsMiddleware

pytestmark = [pytest.mark.urls("web.tests.urls"), pytest.mark.django_db]
NOTES = "/api/v1/notes"


@pytest.mark.parametrize("path", [NOTES + "/", "/healthz/", "/api/v1/users/", "/api/v1/users/by-cursor/"])
def test_a_trailing_slash_answers_the_same(client, path):
    assert client.get(path).status_code == 200
    assert client.get(path).content == client.get(path.rstrip("/")).content


def test_links_name_the_path_without_the_slash(client, ann, bob):
    assert (
        client.get("/api/v1/users/?page_size=1").json()["next"] == "http://testserver/api/v1/users?page=2&page_size=1"
    )


def test_a_page_elsewhere_keeps_its_slash(client):
    assert client.get("/page/").status_code == 404


@pytest.mark.parametrize(
    "path", [f"{NOTES}?q=%00", f"{NOTES}?q=a%00b&page=1", f"{NOTES}%00", "/api/v1/%00", f"{NOTES}?%00=1", "/page?q=%00"]
)
def test_a_nul_byte_is_a_400(client, path):
    response = client.get(path)
    assert response.status_code == 400
    if path.startswith("/api"):
        assert response.json()["errors"][0]["detail"] == "The address holds a NUL byte."


def test_an_encoded_percent_sign_is_no_nul_byte(client):
    assert client.get(f"{NOTES}?q=%2500").status_code == 200


@pytest.mark.parametrize("query", ["q=%", "q=%zz", "q=%ff%fe", "q=%ed%a0%80", "q=%F0%9F%8E%AC", "&&&=", "q=é"])
@pytest.mark.parametrize("path", [NOTES, "/api/v1/users", "/api/v1/users/by-cursor", "/page"])
def test_a_broken_query_is_never_a_500(client, path, query):
    assert client.get(path, QUERY_STRING=query.encode().decode("latin-1")).status_code == 200


@pytest.mark.parametrize(
    "path", ["/api/v1/%ff", "/api/v1/%", "/api/v1/%ed%a0%80", "/api/v1/%2e%2e/%2e%2e", "//api", "/api//"]
)
def test_a_broken_path_is_a_404(client, path):
    assert client.get(path).status_code == 404


def test_an_over_long_query_is_a_414(client):
    assert client.get(f"{NOTES}?q={'x' * 8000}").status_code == 200
    response = client.get(f"{NOTES}?q={'x' * 9000}")
    assert response.status_code == 414
    assert response.json()["errors"][0]["code"] == "uri_too_long"


class Unreadable(io.RawIOBase):
    def read(self, *args):
        raise AssertionError("the body was read")


def call(body, *, method: str = "POST", **environ) -> tuple[int, bytes]:
    """One request straight through the WSGI door, where a body may lack a length."""
    started = []
    request = RequestFactory().generic(method, NOTES).environ | {"CONTENT_TYPE": "application/json"}
    request.pop("CONTENT_LENGTH", None)
    response = WSGIHandler()(request | {"wsgi.input": body} | environ, lambda status, headers: started.append(status))
    content = b"".join(response)
    response.close()
    return int(started[0][:3]), content


def test_a_body_too_large_is_a_413_and_is_not_read(settings):
    length = str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    status, content = call(Unreadable(), CONTENT_LENGTH=length)
    assert status == 413
    assert b"payload_too_large" in content


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize(
    "told", [{"HTTP_TRANSFER_ENCODING": "chunked"}, {"CONTENT_LENGTH": "5"}, {"CONTENT_LENGTH": "9" * 9}]
)
def test_the_body_of_a_read_is_never_read(method, told):
    assert call(Unreadable(), method=method, **told)[0] == 200


def test_a_body_without_a_byte_is_not_read():
    assert call(Unreadable(), CONTENT_LENGTH="0")[0] == 400  # not JSON


def test_a_length_of_more_digits_than_a_number_may_have_is_a_413():
    assert call(Unreadable(), CONTENT_LENGTH="9" * 5000)[0] == 413


def test_a_body_that_is_cut_off_is_a_400():
    status, content = call(io.BytesIO(b'{"text": "in'), CONTENT_LENGTH="400")
    assert status == 400
    assert b"ended before it was complete" in content


def test_chunks_count_and_not_the_length_that_is_told_beside():
    told = {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": "3"}
    assert call(io.BytesIO(b'{"text": "in chunks"}'), **told)[0] == 201


def test_a_body_that_comes_too_slowly_is_a_408_in_the_usual_shape(monkeypatch):
    monkeypatch.setattr(bodies, "PATIENCE", -1)
    status, content = call(io.BytesIO(b'{"text": "slow"}'), CONTENT_LENGTH="16")
    assert status == 408
    assert json.loads(content)["errors"][0]["code"] == "request_timeout"


@pytest.mark.parametrize(("path", "kind"), [(NOTES, "application/json"), ("/page", "text/html; charset=utf-8")])
def test_where_too_many_bodies_are_waited_for_the_next_is_a_503(client, monkeypatch, path, kind):
    monkeypatch.setattr(bodies.Bodies, "_has_place", lambda self, caller: False)
    response = client.post(path, {"text": "x"}, content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (503, kind)
    assert int(response["Retry-After"]) > 0
    assert "Traceback" not in response.text
    assert client.get(path).status_code == 200


def test_a_form_and_a_file_arrive_whole(client):
    file = io.BytesIO(b"film" * 50_000)
    file.name = "films.csv"
    request = RequestFactory().post("/page", {"words": "quiet", "films": file})
    assert RequestLimitsMiddleware(lambda taken: None).refusal(request, "/page") is None
    assert request.POST["words"] == "quiet"
    assert request.FILES["films"].read() == b"film" * 50_000


def test_a_body_that_the_server_has_fetched_itself_is_left_to_it():
    request = RequestFactory().post(NOTES, {"text": "x"})
    del request.META["wsgi.input"]  # as under ASGI
    assert RequestLimitsMiddleware(lambda taken: None).refusal(request, NOTES) is None
    assert request.POST["text"] == "x"


@pytest.mark.parametrize("length", ["-1", "x", "1e3", "٣"])
def test_a_length_that_is_no_number_is_a_400(length):
    assert call(Unreadable(), CONTENT_LENGTH=length)[0] == 400


def test_a_chunked_body_is_read_up_to_the_limit(settings):
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked"}
    assert call(io.BytesIO(b'{"text": "in chunks"}'), **chunked)[0] == 201
    endless = io.BytesIO(b" " * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    assert call(endless, **chunked)[0] == 413


def test_a_large_form_is_a_400_elsewhere_or_a_413(client, settings):
    assert client.post("/page", {"words": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}).status_code == 413
