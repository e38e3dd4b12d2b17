"""TMDB for the tests: the project's stand-in, on loopback."""

from dataclasses import replace
from functools import partial

import pytest

from catalog.tests.beside import Beside
from catalog.tmdb.budget import Budget, OwnSlots
from catalog.tmdb.client import Patience, TMDBClient
from catalog.tmdb.standin import StandIn

IN_A_HURRY = Patience(attempts=3, seconds=10, throttled=3, backoff=0.01)


@pytest.fixture
def client_of():
    """Clients of a stand-in, which do not wait long between their tries."""
    made: list[TMDBClient] = []

    def make(stand_in: StandIn, *, token: str | None = None, timeout: float = 2.0, threads: int = 16) -> TMDBClient:
        token = stand_in.token if token is None else token
        budget = Budget(0, OwnSlots())
        patience = replace(IN_A_HURRY, timeout=timeout)
        made.append(TMDBClient(stand_in.base_url, token, budget, threads=threads, patience=patience))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.fixture
def client(tmdb, client_of) -> TMDBClient:
    """A client of `tmdb`."""
    return client_of(tmdb)


@pytest.fixture
def hurried(monkeypatch):
    """The clients that the project makes for itself try each call once."""
    monkeypatch.setattr("catalog.tmdb.source.Patience", partial(Patience, attempts=1))


@pytest.fixture
def beside(tmdb, tmp_path, transactional_db) -> Beside:
    """Commands as processes of their own, against `tmdb`."""
    return Beside(tmdb, tmp_path)
