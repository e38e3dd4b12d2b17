"""Bodies are made smaller for those who ask, and only where nothing secret is in them."""

import gzip
import random

import brotli
import pytest
import zstandard

from web.compression import chosen_encoding, compress

pytestmark = [pytest.mark.urls("web.tests.urls"), pytest.mark.django_db]
UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstandard.ZstdDecompressor().decompress}
NOTES = "/api/v1/notes?many=300"


@pytest.mark.parametrize("encoding", UNPACK)
def test_a_body_is_compressed_as_asked(client, encoding):
    plain = client.get(NOTES)
    packed = client.get(NOTES, headers={"Accept-Encoding": encoding})
    assert packed["Content-Encoding"] == encoding
    assert "Accept-Encoding" in packed["Vary"]
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content)
    assert UNPACK[encoding](packed.content) == plain.content


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("GZip", "gzip"),
        ("br;q=0.9,gzip;q=0.9", "br"),
        ("*", "zstd"),
        ("zstd;q=0, *;q=0.5", "br"),
        ("identity, gzip;q=0.5", ""),
        ("gzip;q=0", ""),
        ("gzip;q=x", ""),
        ("deflate", ""),
        (";;,=,", ""),
        ("", ""),
    ],
)
def test_the_client_s_own_preference_decides(asked, given):
    assert chosen_encoding(asked) == given


def test_a_small_body_stays_as_it_is(client):
    response = client.get("/api/v1/notes", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in response.headers
    assert compress(b"x" * 1023, "gzip") == (b"x" * 1023, "")


def test_a_body_that_does_not_shrink_stays_as_it_is():
    noise = random.Random(1).randbytes(4000)
    assert compress(noise, "gzip") == (noise, "")


def test_who_asked_for_nothing_is_told_that_others_may(client):
    response = client.get(NOTES)
    assert "Content-Encoding" not in response.headers
    assert "Accept-Encoding" in response["Vary"]


@pytest.mark.parametrize("path", ["/page?cookie", "/page?never", "/admin/page"])
def test_what_may_hold_a_secret_is_never_compressed(client, path):
    response = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert response.status_code == 200
    assert "Content-Encoding" not in response.headers


def test_the_tag_of_a_compressed_body_is_weak_and_the_plain_one_s_is_not(client):
    assert client.get("/page?etag")["ETag"] == '"one"'
    assert client.get("/page?etag", headers={"Accept-Encoding": "br"})["ETag"] == 'W/"one"'


def test_an_unchanged_answer_names_the_tag_of_the_body_that_the_client_keeps(client):
    for accepted, tag in ("gzip", 'W/"one"'), ("", '"one"'):
        response = client.get("/unchanged", headers={"Accept-Encoding": accepted})
        assert response.status_code == 304
        assert response["ETag"] == tag
        assert "Accept-Encoding" in response["Vary"]
