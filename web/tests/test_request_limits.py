"""What is out of all proportion is turned away before anything reads it."""

import io

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

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


def call(body, **environ) -> tuple[int, bytes]:
    """One request straight through the WSGI door, where a body may lack a length."""
    started = []
    request = RequestFactory().post(NOTES, content_type="application/json").environ
    del request["CONTENT_LENGTH"]
    response = WSGIHandler()(request | {"wsgi.input": body} | environ, lambda status, headers: started.append(status))
    content = b"".join(response)
    response.close()
    return int(started[0][:3]), content


def test_a_body_too_large_is_a_413_and_is_not_read(settings):
    length = str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    status, content = call(Unreadable(), CONTENT_LENGTH=length)
    assert status == 413
    assert b"payload_too_large" in content


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
