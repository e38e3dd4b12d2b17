"""Static files leave whole, with all that WhiteNoise says of them."""

import gzip

import brotli
import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from web.middleware import StaticFiles
from web.packing import PackedStorage

TEXT = b"body { color: black }\n" * 2000


@pytest.fixture
def files(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "site.css").write_bytes(TEXT)
    (tmp_path / "site.css.gz").write_bytes(gzip.compress(TEXT))
    return StaticFiles(lambda request: HttpResponse("a view", status=404))


def ask(files, path="/static/site.css", method="GET", **headers) -> HttpResponse:
    return files(RequestFactory().generic(method, path, headers=headers))


def test_a_file_is_one_piece(files):
    response = ask(files)
    assert not response.streaming
    assert response.content == TEXT
    assert response["Content-Type"] == 'text/css; charset="utf-8"'
    assert response["Content-Length"] == str(len(TEXT))
    assert response["Last-Modified"]
    assert "max-age" in response["Cache-Control"]


def test_a_file_is_sent_in_the_form_that_is_accepted(files):
    response = ask(files, **{"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == TEXT


def test_a_head_has_the_length_and_no_body(files):
    response = ask(files, method="HEAD")
    assert response.content == b""
    assert response["Content-Length"] == str(len(TEXT))


def test_a_file_that_the_caller_has_is_a_304(files):
    response = ask(files, **{"If-None-Match": ask(files)["ETag"]})
    assert (response.status_code, response.content) == (304, b"")
    assert "Content-Type" not in response.headers


def test_a_part_of_a_file_may_be_asked_for(files):
    response = ask(files, Range="bytes=5-9")
    assert (response.status_code, response.content) == (206, TEXT[5:10])
    assert response["Content-Range"] == f"bytes 5-9/{len(TEXT)}"
    assert ask(files, Range="bytes=99999999-").status_code == 416


def test_a_file_is_not_written_to(files):
    response = ask(files, method="POST")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_what_is_no_file_is_left_to_the_views(files):
    assert ask(files, "/static/none.css").content == b"a view"


def test_a_file_is_packed_when_it_is_gathered(tmp_path):
    (tmp_path / "site.css").write_bytes(TEXT)
    made = {name for _, name in PackedStorage(tmp_path).compress_files(["site.css"])}
    assert made == {"site.css.br", "site.css.gz"}
    assert brotli.decompress((tmp_path / "site.css.br").read_bytes()) == TEXT
    assert gzip.decompress((tmp_path / "site.css.gz").read_bytes()) == TEXT
