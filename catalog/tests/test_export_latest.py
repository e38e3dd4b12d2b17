"""Which day's export is the latest, and which day one tells."""

import gzip
from datetime import UTC, date, datetime, timedelta

import pytest

from catalog.tests.exports import line, text
from catalog.tmdb import downloads
from catalog.tmdb.downloads import DownloadMissing
from catalog.tmdb.exports import latest, made_at, open_export
from catalog.tmdb.standin.replies import Reply

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(downloads, "PAUSE", 0.0)


@pytest.mark.parametrize(
    ("now", "name"),
    [
        (NOON, "movie_ids_11_20_2026.json.gz"),
        (NOON.replace(hour=8), "movie_ids_11_20_2026.json.gz"),
        (NOON.replace(hour=7, minute=59), "movie_ids_11_19_2026.json.gz"),
        (datetime(2027, 1, 1, 1, tzinfo=UTC), "movie_ids_12_31_2026.json.gz"),
    ],
)
def test_the_latest_is_todays_once_it_is_ready(tmdb, now, name):
    assert latest(tmdb.exports_url, now, lambda done, size: None).path.name == name


def absent(tmdb, monkeypatch, *days):
    """The stand-in has no export of these days."""
    real = tmdb._file
    names = {f"/exports/movie_ids_{day:%m_%d_%Y}.json.gz" for day in days}
    monkeypatch.setattr(tmdb, "_file", lambda path, headers: Reply(403) if path in names else real(path, headers))


def test_the_latest_is_an_earlier_days_while_there_is_none_yet(tmdb, monkeypatch):
    absent(tmdb, monkeypatch, date(2026, 11, 20), date(2026, 11, 19))
    assert latest(tmdb.exports_url, NOON, lambda done, size: None).path.name == "movie_ids_11_18_2026.json.gz"


def test_after_three_days_without_any_there_is_none(tmdb, monkeypatch):
    absent(tmdb, monkeypatch, *(date(2026, 11, 20) - timedelta(days=number) for number in range(4)))
    with pytest.raises(DownloadMissing, match=r"no export of 2026-11-20 nor of the 3 days before: .*HTTP 403"):
        latest(tmdb.exports_url, NOON, lambda done, size: None)
    assert len(tmdb.calls) == 4


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("movie_ids_11_20_2026.json.gz", datetime(2026, 11, 20, tzinfo=UTC)),
        ("https://files.example/p/exports/movie_ids_02_29_2028.json.gz", datetime(2028, 2, 29, tzinfo=UTC)),
        ("/backup/11_20_2026/ids.json", None),
        ("movie_ids_02_30_2026.json.gz", None),
        ("ids.json", None),
    ],
)
def test_the_name_tells_the_day(name, day):
    assert made_at(name) == day


def test_else_the_server_tells_it(tmdb, monkeypatch):
    content = gzip.compress(text([line(1)]))
    for header, told in (("Fri, 20 Nov 2026 08:01:02 GMT", datetime(2026, 11, 20, 8, 1, 2, tzinfo=UTC)), ("x", None)):
        sent = Reply(200, content, headers=(("Last-Modified", header),))
        monkeypatch.setattr(tmdb, "_file", lambda path, headers, sent=sent: sent)
        with open_export(f"{tmdb.exports_url}/ids.gz", NOON) as opened:
            assert (opened.made_at, opened.size, opened.file.read()) == (told, len(content), content)
