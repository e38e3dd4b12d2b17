"""Two films that are held, and who may call about them."""

import pytest


@pytest.fixture
def heat(db):
    from catalog.tests.films import make_movie  # models: not there yet when this file is read

    return make_movie(949, "Heat", poster_path="/heat.jpg")


@pytest.fixture
def ronin(db):
    from catalog.tests.films import make_movie

    return make_movie(8195, "Ronin")


@pytest.fixture
def as_ann(ann):
    from accounts.tests.members import caller

    return caller(ann)


@pytest.fixture
def as_bob(bob):
    from accounts.tests.members import caller

    return caller(bob)
