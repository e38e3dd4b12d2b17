"""Where things are kept, with and without servers of their own."""

import pytest
from django.utils.module_loading import import_string

from config import addresses, places

pytestmark = pytest.mark.embedded
POSTGRESQL = "postgres://marquee:secret@db:5433/movies"


def test_without_an_address_the_database_is_a_file_of_ours(tmp_path):
    found = places.database("", tmp_path / "var")
    assert found["ENGINE"] == addresses.SQLITE
    assert (tmp_path / "var" / "marquee.sqlite3").stat().st_mode & 0o777 == 0o600
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]


def test_a_sqlite_file_may_lie_elsewhere(tmp_path):
    found = places.database(f"sqlite:///{tmp_path}/own.sqlite3", tmp_path / "var")
    assert str(found["NAME"]) == str(tmp_path / "own.sqlite3")
    assert found["OPTIONS"]["timeout"] == 30


def test_postgresql_is_kept_connected_and_given_up_on_soon(tmp_path):
    found = places.database(POSTGRESQL, tmp_path / "var")
    assert (found["HOST"], found["PORT"], found["NAME"], found["USER"]) == ("db", 5433, "movies", "marquee")
    assert (found["CONN_MAX_AGE"], found["CONN_HEALTH_CHECKS"]) == (300, True)
    assert found["OPTIONS"]["connect_timeout"] == 5
    assert not (tmp_path / "var").exists()


def test_what_the_address_says_comes_first(tmp_path):
    found = places.database(f"{POSTGRESQL}?connect_timeout=9&sslmode=require", tmp_path)
    assert int(found["OPTIONS"]["connect_timeout"]) == 9
    assert found["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize("url", ["oracle://db/movies", "postgres", "://", "postgres://db:port/movies"])
def test_an_address_that_makes_no_sense_is_refused(tmp_path, url):
    with pytest.raises(ValueError, match=r".+"):
        places.database(url, tmp_path)


def test_the_cache_is_redis_where_there_is_one_and_else_files(tmp_path):
    assert places.shared_cache("redis://cache:6379/1", tmp_path)["LOCATION"] == "redis://cache:6379/1"
    assert places.shared_cache("", tmp_path)["LOCATION"] == tmp_path / "cache"


def test_the_embedded_broker_has_a_folder_for_its_owner_alone(tmp_path):
    folder = tmp_path / "var" / "broker"
    options = places.broker_options(addresses.FOLDER, folder, "marquee")
    assert options["data_folder_in"] == options["data_folder_out"] == str(folder)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_two_sites_on_one_redis_have_queues_of_their_own(tmp_path):
    one, other = (places.broker_options("rediss://cache", tmp_path, name) for name in ("one", "other"))
    assert one["global_keyprefix"] != other["global_keyprefix"]
    assert one["visibility_timeout"] == other["visibility_timeout"]
    assert places.broker_options("amqp://broker", tmp_path, "one") == {}


def test_threads_of_a_test_share_a_database_in_a_file(tmp_path):
    assert places.database("", tmp_path)["TEST"]["NAME"] == tmp_path / "test.sqlite3"


def test_how_long_a_connection_is_kept_may_be_said_in_the_address(tmp_path):
    assert places.database(f"{POSTGRESQL}?conn_max_age=7", tmp_path)["CONN_MAX_AGE"] == 7


@pytest.mark.parametrize(("url", "name"), [("redis://cache", "GuardedRedisCache"), ("", "FileCache")])
def test_each_cache_is_one_that_there_is(tmp_path, url, name):
    assert import_string(places.shared_cache(url, tmp_path)["BACKEND"]).__name__ == name


def test_the_folder_around_the_broker_s_is_closed_too_and_its_tables_lie_apart(tmp_path):
    folder = tmp_path / "var" / "broker"
    options = places.broker_options(addresses.FOLDER, folder, "marquee")
    assert folder.parent.stat().st_mode & 0o777 == 0o700
    assert options["control_folder"] == str(folder / "control")
