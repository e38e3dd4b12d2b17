"""The data folder and the secret key in it: for the owner alone, whole or not there."""

import os

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.data_folder import close_to_others, kept_secret, make_file, make_folder

pytestmark = pytest.mark.embedded


def mode(path):
    return path.stat().st_mode & 0o777


def test_a_folder_is_made_for_its_owner_alone(tmp_path):
    folder = make_folder(tmp_path / "deep" / "var")
    assert mode(folder) == 0o700
    assert make_folder(folder) == folder


def test_a_folder_that_is_there_stays_as_it_was(tmp_path):
    tmp_path.chmod(0o755)
    assert mode(make_folder(tmp_path)) == 0o755


def test_a_folder_that_cannot_be_made_is_told_of(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match=f"DATA_DIR cannot be used: {tmp_path}/file/var"):
        make_folder(tmp_path / "file" / "var")


def test_a_file_is_made_once_and_for_its_owner_alone(tmp_path):
    path = tmp_path / "marquee.sqlite3"
    make_file(path)
    assert mode(path) == 0o600
    path.write_text("kept")
    make_file(path)
    assert path.read_text() == "kept"
    make_file(tmp_path / "missing" / "marquee.sqlite3")
    assert not (tmp_path / "missing").exists()


def test_a_file_that_cannot_be_made_is_told_of(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match="the database cannot be made"):
        make_file(tmp_path / "file" / "marquee.sqlite3")


def test_what_was_left_open_is_closed_and_what_is_not_ours_left_alone(tmp_path):
    own, served, elsewhere = tmp_path / "secret_key", tmp_path / "static", tmp_path / "elsewhere"
    for path in (own, served, elsewhere):
        path.touch(0o644)
        path.chmod(0o644)
    (tmp_path / "cache").symlink_to(elsewhere)
    close_to_others(tmp_path)
    assert [mode(path) for path in (own, served, elsewhere)] == [0o600, 0o644, 0o644]


def test_the_secret_is_made_once_and_kept(tmp_path):
    folder = tmp_path / "var"
    made = kept_secret(folder, make=True)
    assert len(made) > 50
    assert mode(folder / "secret_key") == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret_key"]
    assert kept_secret(folder, make=True) == kept_secret(folder, make=False) == made


@pytest.mark.parametrize("folder", [None, "var"])
def test_no_secret_is_made_unasked(tmp_path, folder):
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        kept_secret(folder and tmp_path / folder, make=False)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_secret_is_no_secret(tmp_path):
    (tmp_path / "secret_key").touch()
    with pytest.raises(ImproperlyConfigured, match="is empty"):
        kept_secret(tmp_path, make=False)
    assert len(kept_secret(tmp_path, make=True)) > 50


def test_a_file_that_holds_no_key_is_told_of_and_kept(tmp_path):
    path = tmp_path / "secret_key"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ImproperlyConfigured, match="holds no key"):
        kept_secret(tmp_path, make=True)
    assert path.read_bytes() == b"\xff\xfe\x00"


@pytest.mark.parametrize("name", ["marquee.sqlite3", "marquee.sqlite3-wal", "beat-schedule.db", "broker", "log"])
def test_each_thing_of_ours_is_closed_unless_another_user_has_put_it_there(tmp_path, monkeypatch, name):
    path = tmp_path / name
    path.touch()
    path.chmod(0o644)
    with monkeypatch.context() as another:
        another.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
        close_to_others(tmp_path)
    assert mode(path) == 0o644
    close_to_others(tmp_path)
    assert mode(path) == 0o600


def test_a_secret_that_was_written_by_hand_is_read_without_its_line_end(tmp_path):
    (tmp_path / "secret_key").write_text("written by hand\n")
    assert kept_secret(tmp_path, make=False) == "written by hand"


def test_one_without_a_secret_is_told_to_give_one(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="Give the environment one"):
        kept_secret(tmp_path, make=False)
