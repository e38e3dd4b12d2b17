"""How the export gets here: today's or the last there is, gone on with when interrupted, and clear about faults."""

import errno
from datetime import UTC, datetime

import pytest

from catalog.tmdb import downloads
from catalog.tmdb.downloads import Download, DownloadMissing, DownloadRefused
from catalog.tmdb.errors import TMDBUnavailable
from catalog.tmdb.exports import folder
from catalog.tmdb.standin.replies import Reply

TODAY = "movie_ids_11_20_2026.json.gz"
FILES = "/exports/*"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    settings.TMDB_TIMEOUT = 1.0
    monkeypatch.setattr(downloads, "PAUSE", 0.0)


def address(tmdb, name=TODAY):
    return f"{tmdb.exports_url}/{name}"


def fetched(tmdb, name=TODAY):
    download = Download(address(tmdb, name), folder(), lambda done, size: None)
    download.fetch()
    return download


def whole(tmdb):
    return tmdb.answer("GET", f"/exports/{TODAY}", {}, {}).body


def statuses(tmdb):
    return [call.status for call in tmdb.calls]


def files():
    return {path.name for path in folder().iterdir()} - {"lock"}


def interrupted(tmdb):
    """A download of which half has come; its size."""
    tmdb.faults.add(FILES, "truncated", times=downloads.ATTEMPTS)
    with pytest.raises(TMDBUnavailable):
        fetched(tmdb)
    tmdb.record.forget()
    return (folder() / f"{TODAY}.part").stat().st_size


def test_the_file_is_downloaded_and_noted(tmdb):
    download = fetched(tmdb)
    assert download.path.read_bytes() == whole(tmdb)
    assert files() == {TODAY, f"{TODAY}.notes"}


def test_what_is_here_and_has_not_changed_is_not_sent_again(tmdb):
    fetched(tmdb)
    fetched(tmdb)
    assert statuses(tmdb) == [200, 304]
    tmdb.put_film({"id": 5_000_000, "title": "New"})
    assert fetched(tmdb).path.read_bytes() == whole(tmdb)
    assert statuses(tmdb)[2] == 200


def test_each_try_goes_on_where_the_one_before_ended(tmdb):
    tmdb.faults.add(FILES, "truncated", times=2)
    download = fetched(tmdb)
    assert statuses(tmdb) == [200, 206, 206]
    assert download.path.read_bytes() == whole(tmdb)


def test_another_process_goes_on_where_a_killed_one_ended(tmdb):
    size = interrupted(tmdb)
    assert 0 < size < len(whole(tmdb))
    shown = []
    download = Download(address(tmdb), folder(), lambda done, total: shown.append((done, total)))
    download.fetch()
    assert statuses(tmdb)[-1] == 206
    assert download.path.read_bytes() == whole(tmdb)
    assert shown[-1] == (len(whole(tmdb)), len(whole(tmdb)))


def test_a_file_that_has_changed_meanwhile_is_begun_anew(tmdb):
    interrupted(tmdb)
    tmdb.put_film({"id": 5_000_000, "title": "New"})
    assert fetched(tmdb).path.read_bytes() == whole(tmdb)
    assert 206 not in statuses(tmdb)


def test_a_part_of_another_address_or_without_sense_is_begun_anew(tmdb):
    for notes in (b'{"url": "http://elsewhere.example/x", "etag": "\\"1\\""}', b"nonsense", b"[]"):
        interrupted(tmdb)
        (folder() / f"{TODAY}.notes").write_bytes(notes)
        download = fetched(tmdb)
        assert 206 not in statuses(tmdb)
        assert download.path.read_bytes() == whole(tmdb)
        download.path.unlink()


def test_a_part_that_is_longer_than_the_file_is_begun_anew(tmdb):
    interrupted(tmdb)
    with (folder() / f"{TODAY}.part").open("ab") as file:
        file.write(b"x" * 10_000_000)
    assert fetched(tmdb).path.read_bytes() == whole(tmdb)
    assert 416 in statuses(tmdb)


def test_a_whole_part_is_not_lost(tmdb):
    """Killed between the last byte and the new name."""
    download = fetched(tmdb)
    download.path.rename(download.part)
    assert fetched(tmdb).path.read_bytes() == whole(tmdb)


def test_an_older_file_is_never_taken_for_the_newer_one(tmdb):
    """The notes are of the new one from when it begins to come; without its part, the old one is not it."""
    fetched(tmdb)
    tmdb.put_film({"id": 5_000_000, "title": "New"})
    interrupted(tmdb)
    (folder() / f"{TODAY}.part").unlink()
    assert fetched(tmdb).path.read_bytes() == whole(tmdb)


def test_those_of_other_days_are_removed_and_what_is_not_ours_is_left(tmdb):
    fetched(tmdb, "movie_ids_11_18_2026.json.gz")
    fetched(tmdb, "movie_ids_11_19_2026.json.gz")
    (folder() / "somebody-elses.zip").write_bytes(b"x")
    fetched(tmdb)
    assert files() == {TODAY, f"{TODAY}.notes", "somebody-elses.zip"}


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("html500", "HTTP 500"),
        ("status503", "HTTP 503"),
        ("status429", "HTTP 429"),
        ("reset", "the connection failed"),
        ("truncated", "the connection failed"),
        ("stall", "no answer in time"),
    ],
)
def test_what_may_pass_is_tried_again_and_then_told(tmdb, settings, kind, told):
    settings.TMDB_TIMEOUT = 0.2
    tmdb.faults.add(FILES, kind)
    with pytest.raises(TMDBUnavailable, match=told) as fault:
        fetched(tmdb)
    assert address(tmdb) in str(fault.value)
    assert "\n" not in str(fault.value)
    tmdb.faults.clear()
    assert fetched(tmdb).path.read_bytes() == whole(tmdb)


def reply(tmdb, monkeypatch, **how):
    """Has all files answered by this."""
    monkeypatch.setattr(tmdb, "_file", lambda path, headers: Reply(**how))


@pytest.mark.parametrize(
    ("how", "kind", "told"),
    [
        ({"status": 404}, DownloadMissing, "HTTP 404: there is no such file"),
        ({"status": 403}, DownloadMissing, "HTTP 403: there is no such file"),
        (
            {"status": 302, "headers": (("Location", "https://elsewhere.example/x"),)},
            DownloadRefused,
            "leads to 'https://elsewhere.example/x': name that address",
        ),
        ({"status": 200, "body": b"<html>", "content_type": "text/html"}, DownloadRefused, "an HTML page"),
        ({"status": 206, "body": b"x", "headers": (("Content-Range", "bytes 7-7/8"),)}, TMDBUnavailable, "go on where"),
    ],
    ids=["404", "403", "redirect", "HTML", "another part"],
)
def test_what_is_no_file_is_told_and_leaves_none(tmdb, monkeypatch, how, kind, told):
    reply(tmdb, monkeypatch, **how)
    with pytest.raises(kind, match=told):
        fetched(tmdb)
    assert files() == set()


def test_a_full_disk_is_told_in_one_line_and_not_tried_again(tmdb, monkeypatch):
    real = downloads.Download._pieces

    def full(self, response):
        yield next(real(self, response))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(downloads.Download, "_pieces", full)
    with pytest.raises(DownloadRefused, match=r"\.part cannot be written: No space left on device"):
        fetched(tmdb)
    assert statuses(tmdb) == [200]


def test_a_folder_that_cannot_be_is_told(tmdb, tmp_path):
    (tmp_path / "exports").write_text("in the way")
    with pytest.raises(DownloadRefused, match="cannot be written"):
        fetched(tmdb)


def test_a_file_without_end_is_given_up(tmdb, monkeypatch):
    monkeypatch.setattr(downloads, "LARGEST", 1_000)
    with pytest.raises(DownloadRefused, match="no export has more than 1,000 bytes"):
        fetched(tmdb)


def test_a_file_that_trickles_is_given_up_and_kept(tmdb, monkeypatch):
    monkeypatch.setattr(downloads, "LONGEST", -1.0)
    with pytest.raises(TMDBUnavailable, match="too slowly"):
        fetched(tmdb)
    assert f"{TODAY}.part" in files()


def test_two_downloads_at_once_wait_for_each_other(tmdb, monkeypatch):
    monkeypatch.setattr(downloads, "OTHER_PROCESS_SECONDS", 0.0)
    folder().mkdir()
    with (
        downloads.FileLock(folder() / "lock"),
        pytest.raises(TMDBUnavailable, match="another process has been at its download"),
    ):
        fetched(tmdb)
