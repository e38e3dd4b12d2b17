"""The cast of every test: ann owns, bob is another member, staff runs the place; `api` is a caller nobody knows."""

import gc
import os
import signal
from collections.abc import Iterator
from functools import cache as once
from typing import Any

gc.disable()  # until everything is there: nothing of it will ever be garbage

from tests import environment

PLACE = "PostgreSQL and Redis" if environment.ON_SERVICES else "SQLite"

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction
from django.test import Client, override_settings
from rest_framework.test import APIClient

from catalog.tmdb.standin import StandIn
from web import cached, identified, throttling

# Read by now. A process of the suite that inherited it would read the settings before it has an environment of its own.
assert str(settings.DATA_DIR) == environment.data_dir
os.environ.pop("DJANGO_SETTINGS_MODULE")

# A suite in the background of a shell has it ignored, and so would every process that it starts and interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

PASSWORD = "a long and quiet sentence"
pytest_plugins = ["tests.pace"]


def pytest_report_header() -> str:
    return f"marquee: on {PLACE}"


def pytest_collection_finish() -> None:
    """Thousands of tests, which stay to the end, need not be gone through for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # a test makes and leaves thousands of objects, and all are gone at its end
    gc.enable()


def pytest_unconfigure() -> None:
    from tests import browser, prepared

    browser.kept.stop()
    prepared.clear_away()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What starts the embedded default, or touches neither database nor cache, is looked at once.

    What takes long comes first, so that in the end no process waits for another: of each kind, since pytest-django
    then has what commits come after what does not. xdist writes a test's group where pytest 9.2 does not look for it
    any more, so that no group would stay together.
    """
    items.sort(key=lambda item: not any(map(item.get_closest_marker, ("slow", "browser"))))
    for item in items:
        if hasattr(config, "workerinput") and (group := item.get_closest_marker("xdist_group")):
            item._id = type(item._id).parse(f"{item.nodeid}@{group.args[0]}")
    if environment.ON_SERVICES:
        left_out = [item for item in items if item.get_closest_marker("embedded")]
        items[:] = [item for item in items if not item.get_closest_marker("embedded")]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """What Django is to set up on SQLite lies there already; a database of PostgreSQL it makes from the template."""
    return not environment.ON_SERVICES


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> None:
    from tests import prepared

    prepared.lay_out()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """No test takes the server's power away: none needs what it committed to be on the disk already."""
    from tests import emptying

    emptying.hasten()
    if environment.ON_SERVICES:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {connection.settings_dict['NAME']} SET synchronous_commit TO off")
        connection.close()


@pytest.fixture(autouse=True, scope="module")
def left_clean(django_db_blocker) -> Iterator[None]:
    """A module that has made very many rows leaves PostgreSQL no slower for the next."""
    from tests import emptying

    yield
    if environment.ON_SERVICES and connection.connection is not None:
        with django_db_blocker.unblock():
            emptying.sweep(connection)


@pytest.fixture(scope="module")
def kept_for_all(django_db_setup, django_db_blocker) -> Iterator[None]:
    """What a module's fixtures make is there for all its tests, each of which is undone; at its end so is this."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True, scope="session")
def pages_need_no_collected_files():
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        yield


# Fixtures for more than one test that have been set up since it was last forgotten what was before.
made_for_many: set[str] = set()


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef) -> None:
    # A class has none but pytest-django's own, which is set up for each test that is in no class too.
    if fixturedef.scope not in ("function", "class"):
        made_for_many.add(fixturedef.argname)


@pytest.fixture(autouse=True)
def nothing_is_remembered():
    """No test sees what another left in the caches or in the limits, or what was set up for several of them.

    Only keys of this run's own prefix are touched.
    """
    if made_for_many:
        forget()
        made_for_many.clear()
    yield
    forget()


def forget() -> None:
    throttling.forget_calls()
    forget_rows()


def forget_rows() -> None:
    """What is remembered of rows, any of which may have been undone."""
    from accounts import signing  # models: not there yet when this file is read

    cached.first_level.clear()
    identified.forget_callers()
    signing.forget()
    if settings.REDIS_URL:
        server = cache.client.get_client()
        keys = list(server.scan_iter(f"{settings.CACHE_KEY_PREFIX}:*", count=1000))
        if keys:
            server.delete(*keys)
    else:
        cache.clear()


@once
def hashed() -> str:
    """The password, as it is kept. To hash it anew would be a quarter of what it takes to make a member."""
    return make_password(PASSWORD)


def registered(username: str, **columns: Any) -> Any:
    email = f"{username}@example.org"
    return get_user_model().objects.create(username=username, email=email, password=hashed(), **columns)


@pytest.fixture
def ann(db):
    return registered("ann")


@pytest.fixture
def bob(db):
    return registered("bob")


@pytest.fixture
def staff(db):
    return registered("staff", is_staff=True, is_superuser=True)


@pytest.fixture
def mine(ann) -> Client:
    """ann's browser, one that runs no scripts."""
    client = Client()
    client.force_login(ann)
    return client


@pytest.fixture
def api() -> APIClient:
    return APIClient()


@pytest.fixture
def tmdb(settings) -> Iterator[StandIn]:
    """A stand-in with the starter catalogue, which the settings point at; without a limit."""
    from catalog.sync import on_demand  # models: not there yet when this file is read

    with StandIn() as stand_in:
        on_demand.circuit.succeeded()
        settings.TMDB_BASE_URL, settings.TMDB_TOKEN, settings.TMDB_RATE = stand_in.base_url, stand_in.token, 0
        yield stand_in


@pytest.fixture
def no_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the end of the transaction is done at once: the test's own never ends."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda done, **options: done())


@pytest.fixture
def one_connection(no_transaction) -> Iterator[None]:
    """Kept between calls: at its end a call closes one that is within a transaction, as all are here."""
    for moment in request_started, request_finished:
        moment.disconnect(close_old_connections)
    yield
    for moment in request_started, request_finished:
        moment.connect(close_old_connections)
