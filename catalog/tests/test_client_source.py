"""Where TMDB is: what the environment says, or a stand-in of the project's own."""

import socket
from urllib.parse import urlsplit

import pytest

from catalog.tmdb.budget import FileSlots, RedisSlots
from catalog.tmdb.errors import TMDBMisconfigured
from catalog.tmdb.source import TMDB, is_configured, lasting_client, open_client, shared_budget
from catalog.tmdb.standin import StandIn


@pytest.mark.django_db
def test_with_a_token_alone_it_is_tmdb_itself(settings):
    settings.TMDB_TOKEN, settings.TMDB_BASE_URL = "token", ""
    with open_client() as client:
        assert client.base_url == TMDB


@pytest.mark.django_db
def test_an_address_is_used_as_it_is_given(tmdb):
    with open_client() as client:
        assert client.base_url == tmdb.base_url
        client.check()


@pytest.mark.django_db
def test_without_either_a_stand_in_lives_as_long_as_the_client(settings):
    settings.TMDB_TOKEN, settings.TMDB_BASE_URL = "", ""
    assert not is_configured()
    with open_client() as client:
        assert client.movie(19995)["title"] == "Avatar"
        address = urlsplit(client.base_url)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address.hostname, address.port), timeout=1)


def test_without_either_there_is_no_lasting_client(settings):
    settings.TMDB_TOKEN, settings.TMDB_BASE_URL = "", ""
    assert lasting_client() is None


def test_the_lasting_client_is_the_same_until_the_settings_change(tmdb, settings):
    first = lasting_client()
    assert lasting_client() is first
    with StandIn(films=[]) as other:
        settings.TMDB_BASE_URL = other.base_url
        assert lasting_client() is not first


@pytest.mark.parametrize("address", ["api.themoviedb.org/3", "ftp://example.org", "http://", "/3"])
def test_what_is_no_address_is_told(settings, address):
    settings.TMDB_BASE_URL = address
    with pytest.raises(TMDBMisconfigured, match="TMDB_BASE_URL"), open_client():
        """Not reached."""


def test_the_rate_is_shared_through_redis_where_there_is_one(settings):
    settings.TMDB_RATE = 40
    assert isinstance(shared_budget().slots, RedisSlots if settings.REDIS_URL else FileSlots)
