"""`sync_catalog --ids`: what the operator is told of an export, and what ends the command."""

import gzip
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog.models import Movie
from catalog.tests.exports import line, lines, written
from catalog.tmdb import downloads
from catalog.tmdb.standin.replies import Reply

pytestmark = pytest.mark.django_db
TODAY = "movie_ids_11_20_2026.json.gz"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path / "data"
    monkeypatch.setattr(downloads, "PAUSE", 0.0)


def sync(*arguments):
    output = StringIO()
    call_command("sync_catalog", *arguments, stdout=output, stderr=output)
    return output.getvalue()


def test_the_command_tells_what_was_done(tmp_path):
    output = sync("--ids", written(tmp_path, lines(range(1, 41))))
    first, second, third = output.splitlines()
    assert "40 films in 40 lines: 40 new, 0 changed, 0 unchanged; 0 malformed lines; " in first
    assert second == "0 of 0 films held are not listed, 0 of them suspected anew"
    assert third.startswith("search: 40 entries made in ")
    assert sync("--ids", written(tmp_path, lines(range(1, 41))), "--dry-run").startswith("would store ")


@pytest.mark.parametrize(
    ("rows", "told", "stored"),
    [
        ([line(1), b"oops", line(3)], "1 malformed lines were left out, the first is line 2: no JSON: 'oops'", {1, 3}),
        ([b"<html>"], "is no export of ids: line 1: no JSON: '<html>'. Nothing was changed.", set()),
        ([], "is no export of ids: it is empty. Nothing was changed.", set()),
    ],
)
def test_the_command_ends_with_1_and_one_clear_line(tmp_path, rows, told, stored):
    with pytest.raises(CommandError) as fault:
        sync("--ids", written(tmp_path, rows))
    assert told in str(fault.value)
    assert "\n" not in str(fault.value)
    assert fault.value.returncode == 1
    assert set(Movie.objects.values_list("pk", flat=True)) == stored


def test_a_path_that_cannot_be_read_is_told(tmp_path):
    for path, why in ((tmp_path / "none.gz", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(CommandError, match=why):
            sync("--ids", str(path))


def test_the_export_and_the_details_go_together(tmp_path, tmdb):
    output = sync("--ids", written(tmp_path, [line(603, "The Matrix"), line(238, "The Godfather")]), "--details", "5")
    assert "2 new" in output
    assert "fetched 2: 2 changed" in output
    assert not Movie.objects.awaiting_details().exists()


def test_the_command_takes_the_latest_and_an_address(tmdb, settings):
    settings.TMDB_EXPORTS_URL = f"{tmdb.exports_url}/"
    assert f"{len(tmdb.films):,} new, 0 changed" in sync("--ids", "latest")
    assert "0 new, 0 changed" in sync("--ids", f"{tmdb.exports_url}/movie_ids_11_01_2026.json.gz")
    assert Movie.objects.filter(synced_at=None).count() == len(tmdb.films)
    titles = dict(Movie.objects.values_list("pk", "title"))
    whole = tmdb.answer("GET", f"/exports/{TODAY}", {}, {}).body
    rows = [json.loads(row) for row in gzip.decompress(whole).splitlines()]
    assert titles == {row["id"]: row["original_title"] for row in rows}


def test_without_a_token_the_latest_is_the_stand_ins(settings):
    settings.TMDB_TOKEN, settings.TMDB_BASE_URL = "", ""
    output = sync("--ids", "latest")
    assert "starter catalogue" in output.splitlines()[0]
    assert Movie.objects.count() > 1000


def test_the_command_says_what_is_wrong_with_the_address(tmdb, monkeypatch):
    monkeypatch.setattr(tmdb, "_file", lambda path, headers: Reply(status=404))
    with pytest.raises(CommandError, match=r"The export cannot be had: .*HTTP 404: there is no such file") as fault:
        sync("--ids", f"{tmdb.exports_url}/{TODAY}")
    assert "\n" not in str(fault.value)
    assert not Movie.objects.exists()
